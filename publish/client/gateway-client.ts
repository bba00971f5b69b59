import { z } from "zod";
import { isErrorCode } from "../../engine/lib/errors/catalog.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { runEventSchema, type RunEvent } from "../../engine/run/events.ts";
import {
  deploymentSchema,
  keyResourceSchema,
  problemSchema,
  revisionSchema,
  runPath,
  runResourceSchema,
  runsPath,
  type Deployment,
  type KeyResource,
  type Revision,
  type RunResource,
} from "../api.ts";
import type { Bundle } from "../bundle/index.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { readServerSentEvents } from "./server-sent-events.ts";

/** A cluster's gateway, spoken to over plain HTTP. Every method throws the HeddleError that the gateway answered with. */
export interface GatewayClient {
  push(bundle: Bundle): Promise<void>;
  activate(flow: string, digest: string): Promise<Deployment>;
  rollback(flow: string, revision: number): Promise<Deployment>;
  deployments(): Promise<Deployment[]>;
  revisions(flow: string): Promise<Revision[]>;
  createKey(name: string): Promise<KeyResource>;
  /** Starts a run and tells its events as they come; the run goes on when the loop is left. */
  call(flow: string, input: JsonValue, signal?: AbortSignal): AsyncGenerator<RunEvent>;
  runs(filter: { flow?: string; limit: number }): Promise<RunResource[]>;
  run(runId: string): Promise<RunResource>;
  events(runId: string): Promise<RunEvent[]>;
  cancel(runId: string): Promise<void>;
}

export function createGatewayClient(url: string, key: string): GatewayClient {
  async function request(
    method: string,
    path: string,
    options: { body?: unknown; accept?: string; signal?: AbortSignal } = {},
  ): Promise<Response> {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        accept: options.accept ?? "application/json",
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      ...(options.signal && { signal: options.signal }),
    }).catch((cause: unknown) => {
      if (options.signal?.aborted) throw cause;
      const detail = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
      throw new HeddleError("publish.unreachable", { url, detail }, { cause });
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
  const ask = async <Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema>> => schema.parse(await (await request(method, path, { body })).json());
  const flowPath = (flow: string): string => `/v1/flows/${encodeURIComponent(flow)}`;

  return {
    async push(bundle) {
      await request("PUT", `/v1/bundles/${bundle.digest}`, { body: bundle });
    },
    activate: (flow, digest) => ask(deploymentSchema, "POST", `${flowPath(flow)}/revisions`, { digest }),
    rollback: (flow, revision) => ask(deploymentSchema, "POST", `${flowPath(flow)}/rollback`, { revision }),
    deployments: () => ask(z.array(deploymentSchema), "GET", "/v1/deployments"),
    revisions: (flow) => ask(z.array(revisionSchema), "GET", `${flowPath(flow)}/revisions`),
    createKey: (name) => ask(keyResourceSchema, "POST", "/v1/keys", { name }),
    async *call(flow, input, signal) {
      const response = await request("POST", runsPath(flow), { body: input, accept: "text/event-stream", signal });
      for await (const { type, data } of readServerSentEvents(response)) {
        if (type === "error") throw heddleError(JSON.parse(data));
        yield runEventSchema.parse(JSON.parse(data));
      }
    },
    runs({ flow, limit }) {
      const query = new URLSearchParams({ limit: String(limit), ...(flow !== undefined && { flow }) });
      return ask(z.array(runResourceSchema), "GET", `/v1/runs?${query}`);
    },
    run: (runId) => ask(runResourceSchema, "GET", runPath(runId)),
    events: (runId) => ask(z.array(runEventSchema), "GET", `${runPath(runId)}/events`),
    async cancel(runId) {
      await request("DELETE", runPath(runId));
    },
  };
}

async function errorOf(response: Response): Promise<HeddleError> {
  const text = await response.text();
  try {
    return heddleError(JSON.parse(text));
  } catch {
    return new HeddleError("publish.unreachable", {
      url: new URL(response.url).origin,
      detail: `it answered ${response.status}`,
    });
  }
}

function heddleError(data: unknown): HeddleError {
  const { code, params, message, retryable } = problemSchema.parse(data);
  return isErrorCode(code)
    ? new HeddleError(code, params, { retryable })
    : new HeddleError("internal", { detail: message });
}

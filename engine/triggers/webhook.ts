import { checkBody, webhookHeader, type WebhookConfig } from "../../nodes/io/triggers.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { SecretService } from "../node/services.ts";
import { isFinal } from "../run/events.ts";
import type { RunService } from "../store/run-service.ts";
import { outputOf } from "./conversations.ts";
import { refusal } from "./webhook-auth.ts";
import { takerOf } from "./webhook-methods.ts";
import { deliveryOf, inputOf, type WebhookCall } from "./webhook-call.ts";

/** The answer to a call, as JSON. */
export interface WebhookAnswer {
  status: number;
  body: JsonValue;
  runId?: string;
}

/** A webhook that listens. */
export interface Webhook {
  flow: string;
  node: string;
  config: WebhookConfig;
}

export interface WebhookServices {
  webhooks(): readonly Webhook[];
  secrets: SecretService;
  runs: Pick<RunService, "events" | "value">;
  start(start: { flow: string; node: string; input: JsonObject; key?: string }): Promise<string>;
}

/** How long a caller is kept waiting for the result; then it gets the run's id. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Answers a call: checks it, starts the run, gives its id or waits for its result. Who hangs up ends nothing. `signal`: the caller is gone.
 * @throws HeddleError `trigger.*`, `input.bad-body`, `run.not-runnable`, `store.*`
 */
export async function answerCall(
  call: WebhookCall,
  services: WebhookServices,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const there = services.webhooks().filter(({ flow, config }) => call.path === `${flow}/${config.path}`);
  if (there.length === 0) throw new HeddleError("trigger.inactive", { path: `/hooks/${call.path}` });
  const { flow, node, config } = takerOf(there, { method: call.method, path: `/hooks/${call.path}` });
  const detail = await refusal(config, call, services.secrets).catch((cause: unknown) => {
    // Not the caller's fault, whatever is wrong with the secret.
    throw new HeddleError("trigger.config", { node, detail: HeddleError.from(cause).message }, { cause });
  });
  if (detail !== undefined) throw new HeddleError("trigger.unauthorized", { flow, node, detail });
  const input = inputOf(call, config.auth === "none" ? undefined : webhookHeader(config));
  checkBody(config.body, input["body"]!);
  const key = deliveryOf(call);
  const runId = await services.start({ flow, node, input, ...(key !== undefined && { key }) });
  if (config.respond === "run") return { status: 202, body: { runId }, runId };
  return waitFor(runId, services, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
}

async function waitFor(runId: string, { runs }: WebhookServices, signal: AbortSignal): Promise<WebhookAnswer> {
  for await (const event of runs.events({ runId, signal })) {
    if (!isFinal(event)) continue;
    if (event.type === "run.completed") return { status: 200, body: outputOf(event, runs) ?? null, runId };
    const error = event.type === "run.failed" ? event.error : new HeddleError("run.cancelled").toJSON();
    return { status: 500, body: { runId, error } as JsonObject, runId };
  }
  return { status: 202, body: { runId }, runId };
}

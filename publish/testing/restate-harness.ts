import { service, type Context, type InvocationId } from "@restatedev/restate-sdk";
import { createEndpointHandler } from "@restatedev/restate-sdk/node";
import { createServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { JsonValue } from "../../engine/lib/json.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { CONTRACT_NODES } from "../../engine/run/testing/nodes.ts";
import { probeServices } from "../../engine/run/testing/probe.ts";
import type { Driver } from "../../engine/run/driver.ts";
import type { ContractHarness, ContractResult, ContractRun } from "../../engine/run/driver-contract.ts";
import { isDurable, type DurableEvent, type RunEvent } from "../../engine/run/events.ts";
import { execute } from "../../engine/run/execute.ts";
import { planOrThrow } from "../../engine/run/plan.ts";
import { registerWorkers } from "../deploy/local/restate.ts";
import { createRestateDriver, type SignalPayload } from "../server/restate-driver.ts";
import { createResultStore, type BlobTable } from "../server/result-store.ts";
import { startRestate } from "./restate-server.ts";

/** The contract's runs on a real Restate server, executed by a worker in this process. */
export interface RestateHarness extends ContractHarness {
  dispose(): Promise<void>;
}

const SERVICE = "contract";
const catalog = createCatalog(CONTRACT_NODES);

/** Thrown in place of a kill: the attempt ends, and Restate starts another that replays the journal. */
class Crash extends Error {}

export async function restateHarness(options: { alwaysReplay: boolean }): Promise<RestateHarness> {
  const restate = await startRestate();
  const runs = new Map<string, ContractExecution>();
  const contract = service({
    name: SERVICE,
    options: { retryPolicy: { initialInterval: 1, maxInterval: 10 } },
    handlers: {
      execute: (context: Context, runId: string) => runs.get(runId)!.attempt(context),
      answer: async (context: Context, { invocation, path, value }: Answer) =>
        context
          .invocation(invocation as InvocationId)
          .signal<SignalPayload>(path)
          .resolve({ at: Date.now(), value }),
    },
  });
  const endpoint = await serveEndpoint(
    createEndpointHandler({
      services: [contract],
      ...(options.alwaysReplay && { bidirectional: false }),
      // The crashes are meant; their stacks would bury the test's report.
      logger: () => undefined,
    }),
  );
  await registerWorkers(restate.admin, endpoint.url, AbortSignal.timeout(20_000));

  return {
    async run(request) {
      const execution = new ContractExecution(request, {
        cancel: (invocation) => cancel(restate.admin, invocation),
        answer: (answer) => void send(`${restate.ingress}/${SERVICE}/answer`, answer),
      });
      runs.set(request.runId, execution);
      await send(`${restate.ingress}/${SERVICE}/execute`, request.runId);
      return execution.result();
    },
    async dispose() {
      await endpoint.close();
      await restate.stop();
    },
  };
}

interface Answer {
  invocation: string;
  path: string;
  value: JsonValue;
}

/** What reaches a run from outside. */
interface Outside {
  cancel(invocation: string): void;
  answer(answer: Answer): void;
}

async function send(url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`Restate answered ${response.status}: ${await response.text()}`);
}

/** One run of the contract over all its attempts. What it keeps here, a cluster keeps in PostgreSQL. */
class ContractExecution {
  private readonly request: ContractRun;
  private readonly outside: Outside;
  private readonly answered = new Set<string>();
  private readonly startedAt = Date.now();
  private readonly limits: number[];
  private readonly told: RunEvent[] = [];
  private readonly notes: ContractResult["notes"][number][] = [];
  private readonly crashes: DurableEvent[][] = [];
  private readonly completed = new Set<string>();
  private readonly results = createResultStore(memoryBlobs());

  constructor(request: ContractRun, outside: Outside) {
    this.request = request;
    this.outside = outside;
    this.limits = [...(request.crashAfter ?? [])];
  }

  async attempt(context: Context): Promise<void> {
    const { runId, flow, flows, input, debug } = this.request;
    const incarnation = this.crashes.length;
    const services = probeServices((entry) => {
      if (this.crashes.length === incarnation) this.notes.push({ ...entry, incarnation });
    });
    const invocation = context.request().id;
    const driver = createRestateDriver({
      context,
      startedAt: this.startedAt,
      attemptEnded: context.request().attemptCompletedSignal,
      toldBefore: this.durable().at(-1)?.seq ?? 0,
      tell: (event) => this.hear(event, String(invocation)),
      settle: async () => undefined,
      results: this.results,
    });
    await execute(planOrThrow(flow, catalog, { ...(flows && { flows }) }), {
      ...(debug && { debug }),
      runId,
      flow: SERVICE,
      revision: "1",
      input,
      services,
      driver: this.crashing(driver),
    });
  }

  result(): ContractResult {
    const { told, notes, crashes } = this;
    return { told, notes, crashes, completions: this.completed.size, events: this.durable() };
  }

  /** The driver, until so many completions were taken. */
  private crashing(driver: Driver): Driver {
    let taken = 0;
    return {
      ...driver,
      next: async () => {
        const limit = this.limits[0];
        if (limit !== undefined && taken >= limit) {
          this.limits.shift();
          this.crashes.push(this.durable());
          throw new Crash("the executor was killed");
        }
        const next = await driver.next();
        taken++;
        if ("id" in next) this.completed.add(next.id);
        return next;
      },
    };
  }

  private hear(event: RunEvent, invocation: string): void {
    this.told.push(event);
    if (event.type === "step.waiting") this.answer(event.path, invocation);
    const { cancelAt } = this.request;
    if (cancelAt?.type !== event.type) return;
    if (cancelAt.path === undefined || ("path" in event && event.path === cancelAt.path))
      this.outside.cancel(invocation);
  }

  private answer(path: string, invocation: string): void {
    const value = this.request.answers?.[path];
    if (value === undefined || this.answered.has(path)) return;
    this.answered.add(path);
    this.outside.answer({ invocation, path, value });
  }

  private durable(): DurableEvent[] {
    return this.told.filter(isDurable);
  }
}

function memoryBlobs(): BlobTable {
  const blobs = new Map<string, string>();
  return {
    put: async (digest, text) => void blobs.set(digest, text),
    get: async (digest) => blobs.get(digest),
  };
}

async function serveEndpoint(
  handler: ReturnType<typeof createEndpointHandler>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(handler);
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function cancel(admin: string, invocation: string): void {
  void fetch(`${admin}/invocations/${invocation}/cancel`, { method: "PATCH" });
}

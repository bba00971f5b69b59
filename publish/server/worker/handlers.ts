import { serde, service, TerminalError, type Context, type ServiceOptions } from "@restatedev/restate-sdk";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { DurableEvent } from "../../../engine/run/events.ts";
import { execute, type RunOutcome as ExecutedOutcome } from "../../../engine/run/execute.ts";
import { createRestateDriver } from "../restate-driver.ts";
import { RUN_SERVICE, type CheckAnswer, type RunOutcome, type RunRequest } from "../run-request.ts";
import type { BundleStore } from "./bundle-store.ts";
import type { EventWriter } from "./event-writer.ts";

/** What the handlers work with. */
export interface Worker {
  bundles: BundleStore;
  events: EventWriter;
}

/** How long a finished run waits for its last events to be kept before it hands them to `settle`. */
const SETTLE_MS = 1_000;

/** Restate's defaults end a silent model call after a minute and forget runs after a day. */
const options: ServiceOptions = {
  inactivityTimeout: { hours: 1 },
  abortTimeout: { hours: 1 },
  idempotencyRetention: { days: 7 },
  journalRetention: { days: 7 },
  retryPolicy: {
    initialInterval: { milliseconds: 100 },
    exponentiationFactor: 2,
    maxInterval: { seconds: 5 },
    maxAttempts: 200,
    onMaxAttempts: "pause",
  },
  // Errors with a code are the flow's or the caller's: trying again changes nothing.
  asTerminalError: (error: unknown) =>
    error instanceof HeddleError && !error.retryable
      ? new TerminalError(error.message, { errorCode: error.status })
      : undefined,
};

interface LateEvents {
  run: RunRequest;
  events: DurableEvent[];
}

/** The workers' Restate service. `execute` runs a flow; Restate's idempotency key is our run id. */
export function createRunService(worker: Worker) {
  return service({
    name: RUN_SERVICE,
    options,
    handlers: {
      execute: (context: Context, run: RunRequest): Promise<RunOutcome> => executeRun(worker, context, run),
      /** Keeps the events of a run that ended while the database was away. Retried until it is back. */
      settle: async (context: Context, { run, events }: LateEvents): Promise<void> => {
        await context.run("keep events", () => worker.events.keep(run, events));
      },
      check: (_: Context, { digest }: { digest: string }): Promise<CheckAnswer> => check(worker, digest),
      ping: async (): Promise<{ ok: true }> => ({ ok: true }),
    },
  });
}

async function executeRun(worker: Worker, context: Context, run: RunRequest): Promise<RunOutcome> {
  const { bundle, plan, services } = await worker.bundles.load(run.digest);
  const toldBefore = await worker.events.lastSeq(run.runId);
  worker.events.begin(run);
  let endedAt = run.startedAt;
  const driver = createRestateDriver({
    context,
    startedAt: run.startedAt,
    attemptEnded: context.request().attemptCompletedSignal,
    toldBefore,
    tell: (event) => worker.events.write(event),
    settle: async () => {
      const late = await context.run("events kept", () => worker.events.settle(run.runId, SETTLE_MS));
      if (late.length === 0) return;
      const parameter: LateEvents = { run, events: late };
      context.genericSend({ service: RUN_SERVICE, method: "settle", parameter, inputSerde: serde.json });
    },
  });
  const outcome = await execute(plan, {
    runId: run.runId,
    flow: bundle.name,
    revision: String(run.revision),
    input: run.input,
    services,
    driver: {
      ...driver,
      record(event) {
        endedAt = event.at;
        driver.record(event);
      },
    },
  });
  return { ...told(outcome), startedAt: run.startedAt, endedAt };
}

const NO_USAGE = { inputTokens: 0, outputTokens: 0 };

function told(outcome: ExecutedOutcome): Pick<RunOutcome, "state" | "output" | "error" | "usage"> {
  switch (outcome.state) {
    case "succeeded":
      return outcome;
    case "failed":
      return { state: "failed", error: outcome.error, usage: NO_USAGE };
    case "cancelled":
      return { state: "cancelled", error: new HeddleError("run.cancelled").toJSON(), usage: NO_USAGE };
  }
}

async function check(worker: Worker, digest: string): Promise<CheckAnswer> {
  try {
    const { title, input } = await worker.bundles.load(digest);
    return { ok: true, title, input };
  } catch (error) {
    if (!(error instanceof HeddleError)) throw error;
    return { ok: false, error: error.toJSON() };
  }
}

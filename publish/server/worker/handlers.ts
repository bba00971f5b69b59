import {
  serde,
  service,
  TerminalError,
  type Context,
  type InvocationId,
  type ServiceOptions,
} from "@restatedev/restate-sdk";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { Driver } from "../../../engine/run/driver.ts";
import type { DurableEvent } from "../../../engine/run/events.ts";
import {
  execute,
  type RunOutcome as ExecutedOutcome,
  type RunRequest as ExecutedRequest,
} from "../../../engine/run/execute.ts";
import { createRestateDriver, type SignalPayload } from "../restate-driver.ts";
import type { ResultStore } from "../result-store.ts";
import { RUN_SERVICE, type AnswerRequest, type CheckAnswer, type RunOutcome, type RunRequest } from "../run-request.ts";
import type { BundleStore, LoadedBundle } from "./bundle-store.ts";
import type { EventWriter } from "./event-writer.ts";

/** What the handlers work with. */
export interface Worker {
  bundles: BundleStore;
  events: EventWriter;
  results: ResultStore;
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
      /** Hands an answer to the run that waits for it. */
      answer: async (context: Context, { invocation, path, at, value }: AnswerRequest): Promise<void> => {
        const target = context.invocation(invocation as InvocationId);
        target.signal<SignalPayload>(path).resolve({ at, value });
      },
      check: (_: Context, { digest }: { digest: string }): Promise<CheckAnswer> => check(worker, digest),
      ping: async (): Promise<{ ok: true }> => ({ ok: true }),
    },
  });
}

async function executeRun(worker: Worker, context: Context, run: RunRequest): Promise<RunOutcome> {
  worker.events.begin(run);
  const [loaded, toldBefore] = await Promise.all([loadForRun(worker, run), worker.events.lastSeq(run.runId)]);
  let endedAt = run.startedAt;
  const restate = createRestateDriver({
    context,
    startedAt: run.startedAt,
    attemptEnded: context.request().attemptCompletedSignal,
    toldBefore,
    tell: (event) => worker.events.write(event),
    settle: () => settle(worker, context, run),
    results: worker.results,
  });
  const driver: Driver = {
    ...restate,
    record(event) {
      endedAt = event.at;
      restate.record(event);
    },
  };
  const { runId, flow, input, trigger } = run;
  const request = { runId, flow, revision: String(run.revision), input, driver, ...(trigger && { trigger }) };
  const outcome =
    loaded instanceof HeddleError
      ? await failRun(request, loaded)
      : await execute(run.entry === undefined ? loaded.plan : loaded.planOf(run.entry), {
          ...request,
          services: loaded.services,
        });
  return { ...told(outcome), startedAt: run.startedAt, endedAt };
}

/** The run's bundle, or why it can't run here: what no retry mends ends the run, anything else is Restate's to try again. */
async function loadForRun(worker: Worker, run: RunRequest): Promise<LoadedBundle | HeddleError> {
  return worker.bundles.load(run.digest).catch((error: unknown) => {
    if (error instanceof HeddleError && !error.retryable) return error;
    throw error;
  });
}

/** Tells a run that can't even begin, so that whoever follows it sees its end. */
async function failRun(run: Omit<ExecutedRequest, "services">, cause: HeddleError): Promise<ExecutedOutcome> {
  const { runId, flow, revision, input, driver } = run;
  const [at, error] = [driver.startedAt, cause.toJSON()];
  driver.record({ type: "run.started", runId, seq: 1, at, flow, revision, input });
  driver.record({ type: "run.failed", runId, seq: 2, at, error });
  await driver.finish();
  return { state: "failed", error, node: "", path: "" };
}

/** Waits a moment for the run's events to be kept; later ones go to `settle`, so that the caller needn't wait for the database. */
async function settle(worker: Worker, context: Context, run: RunRequest): Promise<void> {
  const late = await context.run("events kept", () => worker.events.settle(run.runId, SETTLE_MS));
  if (late.length === 0) return;
  const parameter: LateEvents = { run, events: late };
  context.genericSend({ service: RUN_SERVICE, method: "settle", parameter, inputSerde: serde.json });
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
    const { title, input, triggers } = await worker.bundles.load(digest);
    return { ok: true, title, input, triggers };
  } catch (error) {
    if (!(error instanceof HeddleError)) throw error;
    return { ok: false, error: error.toJSON() };
  }
}

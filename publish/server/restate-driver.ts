import { CancelledError, RestatePromise, type Context } from "@restatedev/restate-sdk";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { Completion, Driver, DriverOperation, OperationResult } from "../../engine/run/driver.ts";
import type { RunEvent } from "../../engine/run/events.ts";

export interface RestateDriverOptions {
  /** The handler's context: everything durable goes through it. */
  context: Pick<Context, "run" | "sleep">;
  /** Part of the run's request, so that every attempt tells the same. */
  startedAt: number;
  /** Aborted when this attempt ends: the connection to Restate broke, say. */
  attemptEnded: AbortSignal;
  /** The last event that an earlier attempt told. Live text before it was told too. */
  toldBefore: number;
  tell(event: RunEvent): void;
  /** Makes the run's last events durable. */
  settle(): Promise<void>;
}

/** The largest result that a step may record, in bytes of JSON. Restate refuses messages of 32 MiB for good, and every replay reads all of them. */
export const VALUE_LIMIT = 2 ** 20;

type RunOperation = Extract<DriverOperation, { kind: "run" }>;

/** What stands in the journal for one step. */
interface Entry {
  at: number;
  result: OperationResult;
}

/**
 * The executor's driver on Restate: `start` journals an operation, `next` races all that are outstanding, so the order of completions is the
 * journal's. Nothing is thrown inside a journaled step: a retry by Restate would end the attempt and execute the step's siblings again.
 */
export function createRestateDriver(options: RestateDriverOptions): Driver {
  const { context, attemptEnded } = options;
  const outstanding = new Map<string, RestatePromise<Completion>>();
  const controllers = new Map<string, AbortController>();
  /** The coordinator's clock: only recorded times move it. */
  let now = options.startedAt;
  let lastSeq = 0;

  function run(operation: RunOperation): RestatePromise<Completion> {
    const controller = new AbortController();
    controllers.set(operation.id, controller);
    const entry = context.run(operation.id, () => perform(operation, controller, attemptEnded));
    return entry.map((value, failure) => {
      if (!value) throw failure;
      return { id: operation.id, at: value.at, result: value.result };
    });
  }

  function sleep({ id, ms }: Extract<DriverOperation, { kind: "sleep" }>): RestatePromise<Completion> {
    const at = now + ms;
    return context.sleep(ms, id).map((_, failure) => {
      if (failure) throw failure;
      return { id, at, result: { ok: true, value: null } };
    });
  }

  function abandon(id: string): void {
    outstanding.delete(id);
    controllers.get(id)?.abort();
    controllers.delete(id);
  }

  return {
    startedAt: options.startedAt,
    start(operation) {
      outstanding.set(operation.id, operation.kind === "run" ? run(operation) : sleep(operation));
    },
    async next() {
      try {
        const completion = await RestatePromise.race([...outstanding.values()]);
        outstanding.delete(completion.id);
        controllers.delete(completion.id);
        now = Math.max(now, completion.at);
        return { ...completion, at: now };
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        for (const id of outstanding.keys()) abandon(id);
        return { cancelled: true, at: await context.run("cancelled", () => Date.now()) };
      }
    },
    abandon,
    finish: () => options.settle(),
    record(event) {
      lastSeq = event.seq;
      if (event.seq > options.toldBefore) options.tell(event);
    },
    live(text) {
      if (lastSeq >= options.toldBefore) options.tell({ ...text, at: Date.now() });
    },
  };
}

/** Executes a step and stamps its end. A promise that ignores its time limit is left behind. */
async function perform(
  operation: RunOperation,
  controller: AbortController,
  attemptEnded: AbortSignal,
): Promise<Entry> {
  const signal = AbortSignal.any([controller.signal, attemptEnded]);
  const limit = operation.timeout;
  const timedOut = Promise.withResolvers<OperationResult>();
  const timer = limit && setTimeout(() => timedOut.resolve({ ok: false, error: limit.error }), limit.ms);
  const ran = Promise.resolve(operation.run({ signal })).catch((error: unknown) => failed(HeddleError.from(error)));
  const result = await Promise.race([ran, timedOut.promise]);
  clearTimeout(timer);
  controller.abort();
  return { at: Date.now(), result: withinLimit(result) };
}

const failed = (error: HeddleError): OperationResult => ({ ok: false, error: error.toJSON() });

function withinLimit(result: OperationResult): OperationResult {
  const size = Buffer.byteLength(JSON.stringify(result));
  if (size <= VALUE_LIMIT) return result;
  return failed(new HeddleError("publish.value-too-large", { size: mebibytes(size), limit: mebibytes(VALUE_LIMIT) }));
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

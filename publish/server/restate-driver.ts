import { CancelledError, RestatePromise, type Context } from "@restatedev/restate-sdk";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { Completion, Driver, DriverOperation, OperationResult } from "../../engine/run/driver.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { isKept, type KeptResult, type ResultStore } from "./result-store.ts";

export interface RestateDriverOptions {
  /** The handler's context: everything durable goes through it. */
  context: Pick<Context, "run" | "sleep" | "signal">;
  /** Part of the run's request, so that every attempt tells the same. */
  startedAt: number;
  /** Aborted when this attempt ends: the connection to Restate broke, say. */
  attemptEnded: AbortSignal;
  /** The last event that an earlier attempt told. Live text before it was told too. */
  toldBefore: number;
  tell(event: RunEvent): void;
  /** Makes the run's last events durable. */
  settle(): Promise<void>;
  /** Where results go that are too large for the journal. */
  results: ResultStore;
}

type RunOperation = Extract<DriverOperation, { kind: "run" }>;

/** What stands in the journal for one step. */
interface Entry {
  at: number;
  result: OperationResult | KeptResult;
}

/** What an answer from outside carries: `at` is when it was given, ms since 1970. */
export interface SignalPayload {
  at: number;
  value: JsonValue;
}

/**
 * The executor's driver on Restate: `start` journals an operation, `next` races all that are outstanding, so the order of completions is the
 * journal's. Nothing is thrown inside a journaled step: a retry by Restate would end the attempt and execute the step's siblings again.
 */
export function createRestateDriver(options: RestateDriverOptions): Driver {
  const { context, attemptEnded, results } = options;
  const outstanding = new Map<string, RestatePromise<Ended>>();
  const controllers = new Map<string, AbortController>();
  /** The coordinator's clock: only recorded times move it. */
  let now = options.startedAt;
  let lastSeq = 0;

  function begin(operation: DriverOperation): RestatePromise<Ended> {
    switch (operation.kind) {
      case "run":
        return run(operation);
      case "sleep":
        return sleep(operation);
      case "signal":
        return signal(operation);
    }
  }

  function run(operation: RunOperation): RestatePromise<Ended> {
    const controller = new AbortController();
    controllers.set(operation.id, controller);
    const entry = context.run(operation.id, async (): Promise<Entry> => {
      const { at, result } = await perform(operation, controller, attemptEnded);
      return { at, result: await results.keep(result) };
    });
    return entry.map((value, failure) => {
      if (!value) throw failure;
      return { id: operation.id, at: value.at, result: value.result };
    });
  }

  function sleep({ id, ms }: Extract<DriverOperation, { kind: "sleep" }>): RestatePromise<Ended> {
    const at = now + ms;
    return context.sleep(ms, id).map((_, failure) => {
      if (failure) throw failure;
      return { id, at, result: { ok: true, value: null } };
    });
  }

  /** Named by its path, which is what an answer names. An answer that comes first is kept by Restate. */
  function signal({ id, path }: Extract<DriverOperation, { kind: "signal" }>): RestatePromise<Ended> {
    return context.signal<SignalPayload>(path).map((payload, failure) => {
      if (!payload) throw failure;
      return { id, at: payload.at, result: { ok: true, value: payload.value } };
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
      outstanding.set(operation.id, begin(operation));
    },
    async next() {
      try {
        const { id, at, result } = await RestatePromise.race([...outstanding.values()]);
        outstanding.delete(id);
        controllers.delete(id);
        now = Math.max(now, at);
        return { id, at: now, result: isKept(result) ? await results.read(result) : result };
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error;
        for (const id of outstanding.keys()) abandon(id);
        // Restate tells a cancellation once; what starts from here on (compensations) runs as usual.
        now = Math.max(now, await context.run("cancelled", () => Date.now()));
        return { cancelled: true, at: now };
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

/** An operation's end as the journal has it. */
type Ended = Omit<Completion, "result"> & Pick<Entry, "result">;

/** Executes a step and stamps its end. A promise that ignores its time limit is left behind. */
async function perform(
  operation: RunOperation,
  controller: AbortController,
  attemptEnded: AbortSignal,
): Promise<{ at: number; result: OperationResult }> {
  const signal = AbortSignal.any([controller.signal, attemptEnded]);
  const limit = operation.timeout;
  const timedOut = Promise.withResolvers<OperationResult>();
  const timer = limit && setTimeout(() => timedOut.resolve({ ok: false, error: limit.error }), limit.ms);
  const ran = Promise.resolve(operation.run({ signal })).catch((error: unknown) => failed(HeddleError.from(error)));
  const result = await Promise.race([ran, timedOut.promise]);
  clearTimeout(timer);
  controller.abort();
  return { at: Date.now(), result };
}

const failed = (error: HeddleError): OperationResult => ({ ok: false, error: error.toJSON() });

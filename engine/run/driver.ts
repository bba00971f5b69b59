import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Usage, Wait } from "../node/operation.ts";
import type { DurableEvent, LiveEvent } from "./events.ts";

/** What the coordinator asks a driver to do. `id` is stable and unique in the run: `triage#1`, `agent/model 1#2`, `triage#1/backoff`. */
export type DriverOperation =
  | {
      kind: "run";
      id: string;
      /** Past `ms` the driver aborts the signal and completes the operation with `error`. */
      timeout?: { ms: number; error: SerializedError };
      run(context: OperationContext): OperationResult | Promise<OperationResult>;
    }
  | { kind: "sleep"; id: string; ms: number; wait?: Wait }
  /** Completes with what somebody sends to the run under this id. `until`: ms since 1970, for people. */
  | { kind: "signal"; id: string; path: string; wait: Wait; until?: number };

/** An output that is kept out of memory. `preview` is the beginning of its JSON, for people. */
export interface LargeValue {
  /** SHA-256 of its canonical JSON, hex. */
  digest: string;
  /** of its JSON in UTF-8 */
  bytes: number;
  preview: string;
  read(): JsonValue;
}

/** What the driver lends to running code. */
export interface OperationContext {
  signal: AbortSignal;
}

/** Recorded. A step's error is a value: retries are the coordinator's, so `run` never rejects for a reason of the node's. */
export type OperationResult =
  | { ok: true; value: JsonValue; port?: string; usage?: Usage }
  | { ok: false; error: SerializedError; usage?: Usage };

/** `at`: when it completed, in ms since 1970, recorded with it, so that a replay tells the same times. */
export interface Completion {
  id: string;
  at: number;
  result: OperationResult;
}

/**
 * The run was cancelled from outside. Told once, recorded like a completion: what is in flight is given up by then, and operations
 * that start afterwards (compensations) run as usual.
 */
export interface Cancellation {
  cancelled: true;
  at: number;
}

type Stamped<Event> = Event extends unknown ? Omit<Event, "at"> : never;
/** Live text without its time: the driver has the clock. */
export type LiveText = Stamped<LiveEvent>;

/**
 * The seam between the pure coordinator and where a run lives (memory, SQLite, Restate).
 * The coordinator starts operations in a fixed order and awaits `next()` alone, so that the order of completions, which the driver
 * records, is the only thing a replay needs.
 */
export interface Driver {
  /** Begins an operation; returns at once. A recorded one isn't executed again. */
  start(operation: DriverOperation): void;
  /**
   * Which completion comes now. In a replay: in the recorded order. All that was recorded before is durable once operations started since
   * the last call execute. Rejects only when the driver itself fails: the run is then unfinished and can be resumed.
   */
  next(): Completion | Cancellation | Promise<Completion | Cancellation>;
  /** Aborts an operation that is no longer needed; its completion is not told. */
  abandon(id: string): void;
  /** The run is over: makes the last events durable and ends what is still in flight. */
  finish(): void | Promise<void>;
  /** Puts a large value away, so that the run needn't hold it; undefined for one that stays in memory. Equal values are kept once. */
  hold?(value: JsonValue): LargeValue | undefined;
  /** When the run started: recorded. */
  readonly startedAt: number;
  /** Tells a durable event. Called again with equal events in a replay: the driver keeps each `seq` once. */
  record(event: DurableEvent): void;
  /** Tells live text; never recorded. */
  live(event: LiveText): void;
}

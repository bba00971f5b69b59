import type { JsonValue } from "../lib/json.ts";
import type { Wait } from "../node/operation.ts";
import type { Cancellation, Completion, LargeValue } from "../run/driver.ts";
import type { DurableEvent } from "../run/events.ts";

/** What a coordinator is told, in an order that a replay repeats. */
export type Told = Completion | Cancellation;

/** A wait that begins: until its time or its answer comes. */
export interface OpenedWait {
  /** The operation that waits. */
  id: string;
  path: string;
  node: string;
  wait: Wait;
  since: number;
  until?: number;
}

/** What one pass of a run's coordinator took and told, with what else changes by it. */
export interface Turn {
  told: readonly Told[];
  events: readonly DurableEvent[];
  /** Paths of waits that are over; they end before others begin. */
  closed?: readonly string[];
  /** May name waits that are open already. */
  opened?: readonly OpenedWait[];
  /** Digests of large values that the run put away. */
  held?: readonly string[];
}

/** Where a local driver keeps a run: what was recorded before, and a place to record more. */
export interface Journal {
  /** What was told before, in order, read as it is needed. */
  recorded(): Iterator<Told>;
  /** The last event that was recorded before; 0 for a new run. */
  readonly lastSeq: number;
  /** Keeps a turn, all or nothing. Durable when it returns. */
  append(turn: Turn): void;
}

/** A place for values that are too large to be kept in memory or in a journal. */
export interface LargeValues {
  /** Puts a value away if it is large. Equal values are kept once. @throws HeddleError `store.*` */
  hold(value: JsonValue): LargeValue | undefined;
  /** What was put away. @throws HeddleError `store.value-missing` and other `store.*` */
  read(digest: string): JsonValue;
}

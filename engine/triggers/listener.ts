import type { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";

/** Where a listener of one trigger sends what happened. */
export interface Firings {
  /** Starts a run; the same key starts one only. */
  fire(happened: { key: string; input: JsonValue }): Promise<string>;
  /** Tells why it can't listen, in the trigger's status. */
  fail(error: HeddleError): void;
}

/** Something that listens for one trigger until it is stopped. */
export interface Listener {
  /** Resolves when it listens: what happens before doesn't count. Left out: at once. */
  ready?: Promise<void>;
  stop(): void | Promise<void>;
}

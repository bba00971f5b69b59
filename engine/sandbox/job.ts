import type { ErrorCode, ErrorParams } from "../lib/errors/catalog.ts";

/** One piece of code to run, as it travels to the worker. */
export interface SandboxJob {
  source: string;
  /** JSON text. */
  input: string;
  /** milliseconds */
  timeLimit: number;
  /** bytes */
  memoryLimit: number;
  seed: number;
  /** ms since 1970 */
  now: number;
  /** Its first element is set to 1 to stop the code: seen by the worker while the code runs. */
  stop: SharedArrayBuffer;
}

/** `value` is JSON text. */
export type SandboxOutcome =
  | { ok: true; value: string; logs: string[] }
  | { ok: false; code: ErrorCode; params: ErrorParams; logs?: string[] };

/** `spent`: the worker should not be used again (its memory has grown, or the interpreter is in doubt). */
export interface SandboxReply {
  outcome: SandboxOutcome;
  spent: boolean;
}

export function fault(code: ErrorCode, params: ErrorParams = {}): SandboxOutcome {
  return { ok: false, code, params };
}

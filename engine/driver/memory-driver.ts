import type { RunEvent } from "../run/events.ts";
import { LocalDriver } from "./local-driver.ts";

export interface MemoryDriverOptions {
  /** Cancels the run. */
  signal?: AbortSignal;
  publish?(event: RunEvent): void;
  now?(): number;
}

/** A driver that keeps nothing: for direct runs, previews and tests. */
export function createMemoryDriver(options: MemoryDriverOptions = {}): LocalDriver {
  const { signal, now = Date.now, publish = () => undefined } = options;
  return new LocalDriver({ startedAt: now(), now, publish, ...(signal && { signal }) });
}

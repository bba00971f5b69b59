import type { RunEvent } from "../run/events.ts";
import { LocalDriver } from "./local-driver.ts";
import type { RunPlace, TurnStore } from "./sqlite-journal.ts";

export interface SqliteDriverOptions {
  turns: TurnStore;
  run: RunPlace;
  /** When the run started, as its row has it. */
  startedAt: number;
  /** Cancels the run. */
  signal?: AbortSignal;
  publish?(event: RunEvent): void;
  now?(): number;
}

/**
 * A driver on SQLite: every completion is durable before anything that depends on it begins, and a run that stopped in the middle goes on from its
 * last one. @throws HeddleError `store.*`
 */
export function createSqliteDriver(options: SqliteDriverOptions): LocalDriver {
  const { turns, run, startedAt, signal, publish = () => undefined, now = Date.now } = options;
  return new LocalDriver({ startedAt, now, publish, journal: turns.journal(run), ...(signal && { signal }) });
}

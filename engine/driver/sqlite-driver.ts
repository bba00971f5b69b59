import type { JsonValue } from "../lib/json.ts";
import type { RunEvent } from "../run/events.ts";
import type { LargeValues } from "./journal.ts";
import { LocalDriver } from "./local-driver.ts";
import type { RunPlace, TurnStore } from "./turn-store.ts";

export interface SqliteDriverOptions {
  turns: TurnStore;
  run: RunPlace;
  /** When the run started, as its row has it. */
  startedAt: number;
  /** Cancels the run. */
  signal?: AbortSignal;
  /** Nothing was recorded of it yet. */
  isNew?: boolean;
  values?: LargeValues;
  /** Answers that came while the run wasn't under way, by path. */
  answers?: ReadonlyMap<string, JsonValue>;
  publish?(event: RunEvent): void;
  rests?(): void;
  now?(): number;
}

/**
 * A driver on SQLite: every completion is durable before anything that depends on it begins, and a run that stopped in the middle goes on from its
 * last one. @throws HeddleError `store.*`
 */
export function createSqliteDriver(options: SqliteDriverOptions): LocalDriver {
  const { turns, run, isNew, publish = () => undefined, now = Date.now, ...rest } = options;
  return new LocalDriver({ ...rest, now, publish, journal: turns.journal(run, isNew) });
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { TURNS_SCHEMA } from "../turn-rows.ts";
import { TurnStore } from "../turn-store.ts";
import type { JournalKeeper } from "./local-harness.ts";

/** Keeps every run in one file and opens it anew for each incarnation, as a fresh process would. */
export function sqliteKeeper(): JournalKeeper {
  const folder = mkdtempSync(join(tmpdir(), "heddle-journal-"));
  const path = join(folder, "runs.db");
  const numbers = new Map<string, number>();
  const placeOf = (runId: string) => {
    if (!numbers.has(runId)) numbers.set(runId, numbers.size + 1);
    return { runId, number: numbers.get(runId)! };
  };
  let sql = new Sqlite(path);
  let turns: TurnStore | undefined;
  sql.pragma("journal_mode = WAL");
  sql.exec(
    `CREATE TABLE runs (number INTEGER PRIMARY KEY, state, ended_at, error, input_tokens, output_tokens); ${TURNS_SCHEMA}`,
  );
  /** Leaves the log as a process does that is killed. */
  const crash = () => {
    sql.close();
    turns?.close();
    turns = undefined;
  };
  return {
    open(runId) {
      crash();
      sql = new Sqlite(path);
      turns = new TurnStore({ sql });
      return turns.journal(placeOf(runId));
    },
    events: (runId) => [...(turns ??= new TurnStore({ sql })).events(placeOf(runId), 0)],
    dispose() {
      crash();
      rmSync(folder, { recursive: true });
    },
  };
}

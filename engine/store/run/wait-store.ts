import type Sqlite from "better-sqlite3";
import type { OpenedWait } from "../../driver/journal.ts";
import type { JsonValue } from "../../lib/json.ts";
import type { Wait } from "../../node/operation.ts";
import type { Database } from "../database.ts";
import type { OpenWait } from "../run-service.ts";

interface WaitRow {
  run: number;
  runId: string;
  flow: string;
  path: string;
  node: string;
  wait: string;
  since: number;
  until: number | null;
}

interface AddedRow {
  run: number;
  path: string;
  node: string;
  kind: string;
  wait: string;
  since: number;
  until: number | null;
  event: string | null;
  event_key: string | null;
}

/** A wait that has its answer: what a run gets when it asks for it. */
export interface Answered {
  run: number;
  path: string;
  value: JsonValue;
}

/** The waits that are open, and answers on their way to their runs. All methods @throw HeddleError `store.*` */
export class WaitStore {
  private readonly database: Database;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.database = database;
    this.statements = database.guard(prepare);
  }

  /** False for a wait that is open already: it stays as it is. */
  open(run: number, { path, node, wait, since, until }: OpenedWait): boolean {
    const isEvent = wait.kind === "event";
    const opened = this.statements.open.run({
      run,
      path,
      node,
      kind: wait.kind,
      wait: JSON.stringify(wait),
      since,
      until: until ?? null,
      event: isEvent ? wait.event : null,
      event_key: isEvent ? (wait.key ?? null) : null,
    });
    return opened.changes > 0;
  }

  close(run: number, path: string): void {
    this.statements.close.run(run, path);
  }

  closeAll(run: number): void {
    this.statements.closeAll.run(run);
  }

  /** False when nothing waits there, or it has an answer already. */
  answer({ run, path, value }: Answered): boolean {
    return this.database.guard(() => this.statements.answer.run(JSON.stringify(value), run, path).changes > 0);
  }

  /** Waits for an event of this name and key: also those that name no key. */
  waitingFor(event: string, key: string | undefined): { run: number; path: string }[] {
    return this.statements.waitingFor.all(event, key ?? null);
  }

  /** Answers that the run hasn't recorded yet. */
  answersFor(run: number): Map<string, JsonValue> {
    const rows = this.database.guard(() => this.statements.answersFor.all(run));
    return new Map(rows.map(({ path, answer }) => [path, JSON.parse(answer) as JsonValue]));
  }

  /** Oldest first, without those that have their answer. */
  list({ kind, runId }: { kind?: Wait["kind"]; runId?: string }): OpenWait[] {
    return this.database.guard(() =>
      this.statements.list
        .all({ kind: kind ?? null, runId: runId ?? null })
        .map(({ run: _, wait, until, ...rest }) => ({
          ...rest,
          wait: JSON.parse(wait) as Wait,
          ...(until !== null && { until }),
        })),
    );
  }
}

function prepare(sql: Sqlite.Database) {
  return {
    open: sql.prepare<[AddedRow]>(
      `INSERT OR IGNORE INTO waits (run, path, node, kind, wait, since, until, event, event_key)
       VALUES (:run, :path, :node, :kind, :wait, :since, :until, :event, :event_key)`,
    ),
    close: sql.prepare<[number, string]>("DELETE FROM waits WHERE run = ? AND path = ?"),
    closeAll: sql.prepare<[number]>("DELETE FROM waits WHERE run = ?"),
    answer: sql.prepare<[string, number, string]>(
      "UPDATE waits SET answer = ? WHERE run = ? AND path = ? AND answer IS NULL",
    ),
    waitingFor: sql.prepare<[string, string | null], { run: number; path: string }>(
      "SELECT run, path FROM waits WHERE event = ? AND answer IS NULL AND (event_key IS NULL OR event_key = ?)",
    ),
    answersFor: sql.prepare<[number], { path: string; answer: string }>(
      "SELECT path, answer FROM waits WHERE run = ? AND answer IS NOT NULL",
    ),
    list: sql.prepare<[{ kind: string | null; runId: string | null }], WaitRow>(
      `SELECT waits.run, runs.id AS runId, runs.flow, waits.path, waits.node, waits.wait, waits.since, waits.until
       FROM waits JOIN runs ON runs.number = waits.run
       WHERE waits.answer IS NULL AND (:kind IS NULL OR waits.kind = :kind) AND (:runId IS NULL OR runs.id = :runId)
       ORDER BY waits.since, waits.run, waits.path`,
    ),
  };
}

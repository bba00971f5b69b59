import type Sqlite from "better-sqlite3";
import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Database } from "../store/database.ts";

/** A decision to start a run: written down before the run starts, so that it is carried out once whatever happens in between. */
export interface Firing {
  key: string;
  flow: string;
  node: string;
  input: JsonValue;
  /** The flow, where it isn't what its file says: unsaved edits. */
  text?: string;
  at: number;
}

/** What is remembered of a trigger. */
export interface TriggerMark {
  firedAt?: number;
  runId?: string;
  error?: SerializedError;
}

interface FiringRow {
  key: string;
  flow: string;
  node: string;
  input: string;
  text: string | null;
  at: number;
  run_id: string | null;
  error: string | null;
}

interface MarkRow {
  fired_at: number | null;
  run_id: string | null;
  error: string | null;
  checked: number | null;
  schedule: string | null;
}

/** What triggers must not forget, in SQLite. All methods @throw HeddleError `store.*` */
export class TriggerStore {
  private readonly database: Database;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.database = database;
    this.statements = database.guard(prepare);
  }

  /** Flows that are switched on, with the text that was last good. */
  active(): { flow: string; good: string | null }[] {
    return this.database.guard(() => this.statements.active.all());
  }

  activate(flow: string, at: number): void {
    this.database.guard(() => this.statements.activate.run(flow, at));
  }

  /** A flow that is switched on again begins anew: what it missed meanwhile is not made up for. */
  deactivate(flow: string): void {
    this.database.guard(() => {
      this.statements.deactivate.run(flow);
      this.statements.forgetChecks.run(flow);
    });
  }

  keepGood(flow: string, text: string): void {
    this.database.guard(() => this.statements.keepGood.run(text, flow));
  }

  mark(flow: string, node: string): TriggerMark {
    const row = this.database.guard(() => this.statements.mark.get(flow, node));
    return {
      ...(row?.fired_at != null && { firedAt: row.fired_at }),
      ...(row?.run_id != null && { runId: row.run_id }),
      ...(row?.error != null && { error: JSON.parse(row.error) as SerializedError }),
    };
  }

  markFired(flow: string, node: string, fired: { at: number; runId: string }): void {
    this.database.guard(() => this.statements.markFired.run(flow, node, fired.at, fired.runId));
  }

  markFailed(flow: string, node: string, error: SerializedError): void {
    this.database.guard(() => this.statements.markFailed.run(flow, node, JSON.stringify(error)));
  }

  /** Up to when the due times of this very schedule have been seen to. */
  checked(flow: string, node: string, schedule: string): number | undefined {
    const row = this.database.guard(() => this.statements.mark.get(flow, node));
    return row?.schedule === schedule && row.checked !== null ? row.checked : undefined;
  }

  check(flow: string, node: string, seen: { schedule: string; until: number }): void {
    this.database.guard(() => this.statements.check.run(flow, node, seen.until, seen.schedule));
  }

  /** Writes a decision down. False when there is one with its key already. */
  decide({ key, flow, node, input, text, at }: Firing): boolean {
    const row = { key, flow, node, input: JSON.stringify(input), text: text ?? null, at };
    return this.database.guard(() => this.statements.decide.run(row)).changes === 1;
  }

  /** The run that a decision led to. */
  runOf(key: string): string | undefined {
    return this.database.guard(() => this.statements.firing.get(key))?.run_id ?? undefined;
  }

  /** Decisions not yet carried out, oldest first. */
  open(): Firing[] {
    return this.database.guard(() =>
      this.statements.open.all().map(({ key, flow, node, input, text, at }) => {
        return { key, flow, node, at, input: JSON.parse(input) as JsonValue, ...(text !== null && { text }) };
      }),
    );
  }

  carriedOut(key: string, runId: string): void {
    this.database.guard(() => this.statements.carriedOut.run(runId, key));
  }

  givenUp(key: string, error: SerializedError): void {
    this.database.guard(() => this.statements.givenUp.run(JSON.stringify(error), key));
  }

  /** Forgets decisions that were carried out before a time. */
  forget(before: number): void {
    this.database.guard(() => this.statements.forget.run(before));
  }
}

function prepare(sql: Sqlite.Database) {
  return {
    active: sql.prepare<[], { flow: string; good: string | null }>("SELECT flow, good FROM active_flows ORDER BY flow"),
    activate: sql.prepare<[string, number]>("INSERT OR IGNORE INTO active_flows (flow, since) VALUES (?, ?)"),
    deactivate: sql.prepare<[string]>("DELETE FROM active_flows WHERE flow = ?"),
    forgetChecks: sql.prepare<[string]>("UPDATE trigger_marks SET checked = NULL WHERE flow = ?"),
    keepGood: sql.prepare<[string, string]>("UPDATE active_flows SET good = ? WHERE flow = ?"),
    mark: sql.prepare<[string, string], MarkRow>("SELECT * FROM trigger_marks WHERE flow = ? AND node = ?"),
    markFired: sql.prepare<[string, string, number, string]>(
      `INSERT INTO trigger_marks (flow, node, fired_at, run_id) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET fired_at = excluded.fired_at, run_id = excluded.run_id, error = NULL`,
    ),
    markFailed: sql.prepare<[string, string, string]>(
      `INSERT INTO trigger_marks (flow, node, error) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET error = excluded.error`,
    ),
    check: sql.prepare<[string, string, number, string]>(
      `INSERT INTO trigger_marks (flow, node, checked, schedule) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET checked = excluded.checked, schedule = excluded.schedule`,
    ),
    decide: sql.prepare<[Omit<FiringRow, "run_id" | "error">]>(
      "INSERT OR IGNORE INTO firings (key, flow, node, input, text, at) VALUES (:key, :flow, :node, :input, :text, :at)",
    ),
    firing: sql.prepare<[string], FiringRow>("SELECT * FROM firings WHERE key = ?"),
    open: sql.prepare<[], FiringRow>("SELECT * FROM firings WHERE run_id IS NULL AND error IS NULL ORDER BY at, key"),
    carriedOut: sql.prepare<[string, string]>("UPDATE firings SET run_id = ?, text = NULL WHERE key = ?"),
    givenUp: sql.prepare<[string, string]>("UPDATE firings SET error = ? WHERE key = ?"),
    forget: sql.prepare<[number]>("DELETE FROM firings WHERE at < ? AND (run_id IS NOT NULL OR error IS NOT NULL)"),
  };
}

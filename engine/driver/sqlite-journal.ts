import type Sqlite from "better-sqlite3";
import type { Completion } from "../run/driver.ts";
import { isFinal, type DurableEvent, type FinalEvent, type RunState } from "../run/events.ts";
import type { Journal } from "./local-driver.ts";
import { withSqlite } from "./sqlite-error.ts";

/**
 * A turn is what one pass of a run's coordinator recorded: the completions that it took and the events that they brought about, as JSON. Its id is
 * the run's number and the turn's in one, so that a run's turns lie side by side in the only tree that a step touches.
 */
export const TURNS_SCHEMA = `
  CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    last_seq INTEGER NOT NULL,
    completions TEXT NOT NULL,
    events TEXT NOT NULL
  ) STRICT;
`;

/** Turns of one run: 2^24. Run numbers then go to 2^29, and both fit a number that JavaScript holds exactly. */
const TURNS_A_RUN = 2 ** 24;

interface TurnRow {
  id: number;
  last_seq: number;
  completions: string;
}

/** Reads and writes the turns of runs: the journal that a run resumes from and the events that its watchers read are one. */
export class TurnStore {
  private readonly sql: Sqlite.Database;
  private readonly insert: Sqlite.Statement<[number, number, string, string]>;
  private readonly completions: Sqlite.Statement<[number, number], TurnRow>;
  private readonly eventsAfter: Sqlite.Statement<[number, number, number], { events: string }>;
  private readonly end: Sqlite.Statement<[string, number, string | null, number, number, number]>;

  /** `runs` is the table of run rows: `number`, `state`, `ended_at`, `error`, `input_tokens`, `output_tokens`. */
  constructor(sql: Sqlite.Database) {
    this.sql = sql;
    this.insert = sql.prepare("INSERT INTO turns (id, last_seq, completions, events) VALUES (?, ?, ?, ?)");
    this.completions = sql.prepare("SELECT id, last_seq, completions FROM turns WHERE id BETWEEN ? AND ? ORDER BY id");
    this.eventsAfter = sql.prepare("SELECT events FROM turns WHERE id BETWEEN ? AND ? AND last_seq > ? ORDER BY id");
    this.end = sql.prepare(
      "UPDATE runs SET state = ?, ended_at = ?, error = ?, input_tokens = ?, output_tokens = ? WHERE number = ?",
    );
  }

  /** The journal of a run, with what it holds so far. @throws HeddleError `store.*` */
  journal(run: number): Journal {
    const first = run * TURNS_A_RUN;
    const turns = this.guard(() => this.completions.all(first, first + TURNS_A_RUN - 1));
    let next = first + turns.length;
    let lastSeq = turns.at(-1)?.last_seq ?? 0;
    return {
      recorded: turns.flatMap((turn) => JSON.parse(turn.completions) as Completion[]),
      lastSeq,
      append: (completions, events) => {
        lastSeq = events.at(-1)?.seq ?? lastSeq;
        const turn = { id: next++, lastSeq, completions: JSON.stringify(completions), events: JSON.stringify(events) };
        const last = events.at(-1);
        this.guard(() => (last && isFinal(last) ? this.appendLast(run, turn, last) : this.append(turn)));
      },
    };
  }

  /** A run's events after `seq`, in order. @throws HeddleError `store.*` */
  events(run: number, seq: number): DurableEvent[] {
    const first = run * TURNS_A_RUN;
    const rows = this.guard(() => this.eventsAfter.all(first, first + TURNS_A_RUN - 1, seq));
    return rows.flatMap((row) => JSON.parse(row.events) as DurableEvent[]).filter((event) => event.seq > seq);
  }

  private append(turn: Turn): void {
    this.insert.run(turn.id, turn.lastSeq, turn.completions, turn.events);
  }

  private appendLast(run: number, turn: Turn, last: FinalEvent): void {
    const error = last.type === "run.failed" ? JSON.stringify(last.error) : null;
    const usage = last.type === "run.completed" ? last.usage : { inputTokens: 0, outputTokens: 0 };
    this.sql.transaction(() => {
      this.append(turn);
      this.end.run(STATE_AFTER[last.type], last.at, error, usage.inputTokens, usage.outputTokens, run);
    })();
  }

  private guard<T>(action: () => T): T {
    return withSqlite(this.sql.name, action);
  }
}

interface Turn {
  id: number;
  lastSeq: number;
  completions: string;
  events: string;
}

const STATE_AFTER: Record<FinalEvent["type"], RunState> = {
  "run.completed": "succeeded",
  "run.failed": "failed",
  "run.cancelled": "cancelled",
};

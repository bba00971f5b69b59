import type Sqlite from "better-sqlite3";
import type { FinalEvent, RunState } from "../run/events.ts";
import type { RunChanges, TurnRecord } from "./turn-frame.ts";
import type { LogPlace } from "./turn-log.ts";

/**
 * A row holds turns of one run that came into the database together, a line each. Its id is the run's number and its first turn's in one, so
 * that a run's turns lie side by side in one tree. `turn_log` says how far the log beside the database is in it.
 */
export const TURNS_SCHEMA = `
  CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    last_seq INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE turn_log (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    filling INTEGER NOT NULL,
    position INTEGER NOT NULL
  ) STRICT;
`;

/** Turns of one run: 2^24. Run numbers then go to 2^29, and both fit a number that JavaScript holds exactly. */
const TURNS_A_RUN = 2 ** 24;
/** A row isn't made longer than this: what a reader holds of a run at a time. */
const LONGEST_ROW = 256 * 1024;

/** A run, by what its turns are filed under and by the name that its events carry. */
export interface RunPlace {
  number: number;
  runId: string;
}

interface Row {
  id: number;
  last_seq: number;
  body: string;
}

interface Growing {
  run: number;
  turn: number;
  lastSeq: number;
  lines: string[];
  size: number;
}

/** The tables of turns, and what turns change of their runs' rows. */
export class TurnRows {
  private readonly statements: ReturnType<typeof prepare>;

  /** The database also has `runs`, a row each: `number`, `state`, `ended_at`, `error`, `input_tokens`, `output_tokens`. */
  constructor(sql: Sqlite.Database) {
    this.statements = prepare(sql);
  }

  /** Where the run goes on; undefined for one without turns. */
  last(run: number): { nextTurn: number; lastSeq: number } | undefined {
    const [first, last] = range(run);
    const row = this.statements.last.get(first, last);
    if (!row) return undefined;
    return { nextTurn: row.id - first + row.body.split("\n").length, lastSeq: row.last_seq };
  }

  /** The first row of turns after the given one that has, or is followed by, events after `seq`. */
  next(run: number, after: number, seq: number): (Row & { turn: number }) | undefined {
    const [first, last] = range(run);
    const row = this.statements.next.get(first + after + 1, last, seq);
    return row && { ...row, turn: row.id - first };
  }

  /** Adds turns, those of a run in few rows. Each run's must be in order. */
  add(records: readonly TurnRecord[]): void {
    const growing = new Map<number, Growing>();
    for (const { run, turn, lastSeq, line } of records) {
      let row = growing.get(run);
      if (row && row.size + line.length > LONGEST_ROW) {
        this.insert(row);
        row = undefined;
      }
      if (!row) growing.set(run, (row = { run, turn, lastSeq, lines: [], size: 0 }));
      row.lines.push(line);
      row.size += line.length;
      row.lastSeq = lastSeq;
    }
    for (const row of growing.values()) this.insert(row);
  }

  change(run: number, { state, end }: RunChanges): void {
    if (end) this.end(run, end);
    else if (state) this.statements.setState.run(state, run);
  }

  remove(run: number): void {
    this.statements.remove.run(...range(run));
  }

  logPlace(): LogPlace | undefined {
    return this.statements.logPlace.get();
  }

  setLogPlace({ filling, position }: LogPlace): void {
    this.statements.setLogPlace.run(filling, position);
  }

  private insert({ run, turn, lastSeq, lines }: Growing): void {
    this.statements.insert.run(run * TURNS_A_RUN + turn, lastSeq, lines.join("\n"));
  }

  private end(run: number, last: FinalEvent): void {
    const error = last.type === "run.failed" ? JSON.stringify(last.error) : null;
    const { inputTokens, outputTokens } = last.usage ?? { inputTokens: 0, outputTokens: 0 };
    this.statements.end.run(STATE_AFTER[last.type], last.at, error, inputTokens, outputTokens, run);
  }
}

const range = (run: number): [first: number, last: number] => [run * TURNS_A_RUN, (run + 1) * TURNS_A_RUN - 1];

function prepare(sql: Sqlite.Database) {
  return {
    insert: sql.prepare<[number, number, string]>("INSERT INTO turns (id, last_seq, body) VALUES (?, ?, ?)"),
    last: sql.prepare<[number, number], Row>("SELECT * FROM turns WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1"),
    next: sql.prepare<[number, number, number], Row>(
      "SELECT * FROM turns WHERE id BETWEEN ? AND ? AND last_seq > ? ORDER BY id LIMIT 1",
    ),
    remove: sql.prepare<[number, number]>("DELETE FROM turns WHERE id BETWEEN ? AND ?"),
    setState: sql.prepare<[RunState, number]>("UPDATE runs SET state = ? WHERE number = ?"),
    end: sql.prepare<[string, number, string | null, number, number, number]>(
      "UPDATE runs SET state = ?, ended_at = ?, error = ?, input_tokens = ?, output_tokens = ? WHERE number = ?",
    ),
    logPlace: sql.prepare<[], LogPlace>("SELECT filling, position FROM turn_log"),
    setLogPlace: sql.prepare<[number, number]>("INSERT OR REPLACE INTO turn_log VALUES (1, ?, ?)"),
  };
}

const STATE_AFTER: Record<FinalEvent["type"], RunState> = {
  "run.completed": "succeeded",
  "run.failed": "failed",
  "run.cancelled": "cancelled",
};

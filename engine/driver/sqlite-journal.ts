import type Sqlite from "better-sqlite3";
import { isFinal, type DurableEvent, type FinalEvent, type RunState } from "../run/events.ts";
import type { Journal } from "./local-driver.ts";
import { withSqlite } from "./sqlite-error.ts";
import { readTurn, writeTurn, type Turn, type TurnText } from "./turn-text.ts";

/**
 * A turn's id is the run's number and the turn's in one, so that a run's turns lie side by side in the only tree that a step touches.
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

type TurnValues = [id: number, lastSeq: number, completions: string, events: string];
type TurnRow = TurnText & { last_seq: number };

/** A run, by what its turns are filed under and by the name that its events carry. */
export interface RunPlace {
  number: number;
  runId: string;
}

/** Reads and writes the turns of runs: the journal that a run resumes from and the events that its watchers read are one. */
export class TurnStore {
  private readonly sql: Sqlite.Database;
  private readonly insert: Sqlite.Statement<TurnValues>;
  private readonly after: Sqlite.Statement<[number, number, number], TurnRow>;
  private readonly appendLast: (turn: TurnValues, run: RunPlace, last: FinalEvent) => void;

  /** The database also has `runs`, a row each: `number`, `state`, `ended_at`, `error`, `input_tokens`, `output_tokens`. */
  constructor(sql: Sqlite.Database) {
    this.sql = sql;
    this.insert = sql.prepare("INSERT INTO turns (id, last_seq, completions, events) VALUES (?, ?, ?, ?)");
    this.after = sql.prepare(
      "SELECT last_seq, completions, events FROM turns WHERE id BETWEEN ? AND ? AND last_seq > ? ORDER BY id",
    );
    const end = sql.prepare<[string, number, string | null, number, number, number]>(
      "UPDATE runs SET state = ?, ended_at = ?, error = ?, input_tokens = ?, output_tokens = ? WHERE number = ?",
    );
    this.appendLast = sql.transaction((turn: TurnValues, run: RunPlace, last: FinalEvent) => {
      const error = last.type === "run.failed" ? JSON.stringify(last.error) : null;
      const usage = last.type === "run.completed" ? last.usage : { inputTokens: 0, outputTokens: 0 };
      this.insert.run(...turn);
      end.run(STATE_AFTER[last.type], last.at, error, usage.inputTokens, usage.outputTokens, run.number);
    });
  }

  /** The journal of a run, with what it holds so far. @throws HeddleError `store.*` */
  journal(run: RunPlace): Journal {
    const turns = this.turns(run, -1);
    const first = run.number * TURNS_A_RUN;
    let count = turns.length;
    let lastSeq = turns.at(-1)?.lastSeq ?? 0;
    return {
      recorded: turns.flatMap((turn) => turn.completions),
      lastSeq,
      append: (completions, events) => {
        const last = events.at(-1);
        lastSeq = last?.seq ?? lastSeq;
        const id = first + count++;
        const turn = writeTurn({ completions, events });
        this.guard(() => {
          if (last && isFinal(last)) this.appendLast([id, lastSeq, turn.completions, turn.events], run, last);
          else this.insert.run(id, lastSeq, turn.completions, turn.events);
        });
      },
    };
  }

  /** A run's events after `seq`, in order. @throws HeddleError `store.*` */
  events(run: RunPlace, seq: number): DurableEvent[] {
    return this.turns(run, seq).flatMap((turn) => turn.events.filter((event) => event.seq > seq));
  }

  /** Turns whose last event comes after `seq`. A turn may have no event of its own: its last one is then that of the turn before. */
  private turns({ number, runId }: RunPlace, seq: number): (Turn & { lastSeq: number })[] {
    const first = number * TURNS_A_RUN;
    const rows = this.guard(() => this.after.all(first, first + TURNS_A_RUN - 1, seq));
    return rows.map((row) => ({ ...readTurn(row, { runId, lastSeq: row.last_seq }), lastSeq: row.last_seq }));
  }

  private guard<T>(action: () => T): T {
    return withSqlite(this.sql.name, action);
  }
}

const STATE_AFTER: Record<FinalEvent["type"], RunState> = {
  "run.completed": "succeeded",
  "run.failed": "failed",
  "run.cancelled": "cancelled",
};

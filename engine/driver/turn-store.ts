import type Sqlite from "better-sqlite3";
import { HeddleError } from "../lib/errors/error.ts";
import { isFinal, type DurableEvent } from "../run/events.ts";
import type { Journal, LargeValues, Told, Turn } from "./journal.ts";
import { netChanges } from "./net-changes.ts";
import { withSqlite } from "./sqlite-error.ts";
import type { RunChanges, TurnRecord } from "./turn-frame.ts";
import { TurnLog } from "./turn-log.ts";
import { TurnRows, type RunPlace } from "./turn-rows.ts";
import { numberEvents, readTurn, writeTurn, type ReadTurn } from "./turn-text.ts";

export type { RunPlace } from "./turn-rows.ts";

export interface TurnStoreOptions {
  /** The database has the tables of TURNS_SCHEMA. */
  sql: Sqlite.Database;
  values?: LargeValues;
  /** How long to wait for another process that writes, in milliseconds. */
  patience?: number;
  /** Called in the transaction that brings a turn into the database. */
  folding?(run: number, changes: RunChanges): void;
  /** Called when turns that change their runs came into the database. */
  folded?(): void;
}

/** Text that may wait for its way into the database, and how long it does: what a reader in another process is late by. */
const MOST_UNFOLDED = 1024 * 1024;
const FOLD_AFTER_MS = 50;
const NOTHING = { nextTurn: 0, lastSeq: 0 };
/** The log starts over when it is this long and all of it is in the database. */
const LONGEST_LOG = 16 * 1024 * 1024;

/**
 * The turns of runs: the journal that a run resumes from and the events that its watchers read are one. A turn is durable in the log; the
 * database takes the log's in batches.
 */
export class TurnStore {
  private readonly options: TurnStoreOptions;
  private readonly sql: Sqlite.Database;
  private readonly rows: TurnRows;
  private readonly log: TurnLog | undefined;
  /** By run; what is in the log alone. */
  private unfolded = new Map<number, TurnRecord[]>();
  private unfoldedSize = 0;
  private timer: NodeJS.Timeout | undefined;

  /** Brings in what a process that ended left. @throws HeddleError `store.*` */
  constructor(options: TurnStoreOptions) {
    this.options = options;
    this.sql = options.sql;
    this.rows = withSqlite(this.sql.name, () => new TurnRows(this.sql));
    this.log = this.sql.memory ? undefined : new TurnLog(this.sql.name);
    if (this.log?.exists) this.bringIn(this.log);
  }

  /** The journal of a run; for a new one nothing has to be read. @throws HeddleError `store.*` */
  journal(run: RunPlace, isNew = false): Journal {
    const end = isNew ? NOTHING : this.endOf(run);
    let turn = end.nextTurn;
    const journal = {
      lastSeq: end.lastSeq,
      recorded: () => this.told(run),
      append: (one: Turn) => {
        const lastSeq = one.events.at(-1)?.seq ?? journal.lastSeq;
        const changes = changesOf(one);
        const line = writeTurn(one, this.options.values);
        this.append({ run: run.number, turn, lastSeq, line, ...(changes && { changes }) });
        turn++;
        journal.lastSeq = lastSeq;
      },
    };
    return journal;
  }

  /** A run's events after `seq`, in order. @throws HeddleError `store.*` */
  *events(run: RunPlace, seq: number): Generator<DurableEvent, void, undefined> {
    for (const turn of this.turns(run, seq)) for (const event of turn.events) if (event.seq > seq) yield event;
  }

  /** Brings what is in the log alone into the database. @throws HeddleError `store.*` */
  fold(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unfolded.size === 0) return;
    const records = [...this.unfolded.values()].flat();
    this.guard(() => this.sql.transaction(() => this.take(records)).immediate());
    this.unfolded = new Map();
    this.unfoldedSize = 0;
    if (this.log && this.log.end.position > LONGEST_LOG) this.startOver(this.log);
    if (records.some((record) => record.changes)) this.options.folded?.();
  }

  /** Like `fold`; where the database can't be written now, what is in the log alone stays there. */
  foldIfPossible(): void {
    try {
      this.fold();
    } catch (thrown) {
      if (!(thrown instanceof HeddleError) || !thrown.code.startsWith("store.")) throw thrown;
      this.foldSoon();
    }
  }

  /** Nothing may be appended afterwards. */
  close(): void {
    if (this.sql.open) this.foldIfPossible();
    clearTimeout(this.timer);
    this.log?.close();
  }

  private endOf(run: RunPlace): { nextTurn: number; lastSeq: number } {
    const late = this.unfolded.get(run.number)?.at(-1);
    if (late) return { nextTurn: late.turn + 1, lastSeq: late.lastSeq };
    return this.guard(() => this.rows.last(run.number)) ?? NOTHING;
  }

  private append(record: TurnRecord): void {
    if (this.unfoldedSize > MOST_UNFOLDED) this.fold();
    if (this.log && !this.log.isOpen) this.openLog(this.log, this.options.patience);
    this.log?.append(record);
    this.keep(record);
    if (!this.timer) this.foldSoon();
  }

  private keep(record: TurnRecord): void {
    const others = this.unfolded.get(record.run);
    if (others) others.push(record);
    else this.unfolded.set(record.run, [record]);
    this.unfoldedSize += record.line.length;
  }

  private foldSoon(): void {
    this.timer = setTimeout(() => {
      if (this.sql.open) this.foldIfPossible();
    }, FOLD_AFTER_MS).unref();
  }

  private openLog(log: TurnLog, patience?: number): void {
    const records = log.open(
      this.guard(() => this.rows.logPlace()),
      patience,
    );
    if (records.length === 0) return;
    for (const record of records) this.keep(record);
    this.fold();
  }

  /** A log that is in use is its process's to bring in. */
  private bringIn(log: TurnLog): void {
    try {
      this.openLog(log, 0);
    } catch (thrown) {
      if (!(thrown instanceof HeddleError) || thrown.code !== "store.locked") throw thrown;
    }
    log.close();
  }

  private take(records: readonly TurnRecord[]): void {
    this.rows.add(records);
    for (const [run, changes] of netChanges(records)) {
      this.rows.change(run, changes);
      this.options.folding?.(run, changes);
    }
    if (this.log) this.rows.setLogPlace(this.log.end);
  }

  private startOver(log: TurnLog): void {
    // A checkpoint syncs to the disk what the log would otherwise still be needed for after a power cut.
    this.guard(() => this.sql.pragma("wal_checkpoint(PASSIVE)"));
    log.reset();
  }

  private *told(run: RunPlace): Generator<Told, void, undefined> {
    for (const turn of this.turns(run, -1)) yield* turn.told(this.options.values);
  }

  private *turns(run: RunPlace, seq: number): Generator<ReadTurn, void, undefined> {
    const { runId, number } = run;
    let after = -1;
    for (;;) {
      const row = this.guard(() => this.rows.next(number, after, seq));
      if (!row) break;
      after = row.turn;
      const turns = row.body.split("\n").map((line) => readTurn(line, runId));
      numberEvents(turns, row.last_seq);
      yield* turns;
    }
    for (const record of this.unfolded.get(number) ?? []) {
      if (record.lastSeq <= seq || record.turn <= after) continue;
      const turn = readTurn(record.line, runId);
      numberEvents([turn], record.lastSeq);
      yield turn;
    }
  }

  private guard<T>(action: () => T): T {
    return withSqlite(this.sql.name, action);
  }
}

function changesOf({ events, closed, opened, held }: Turn): RunChanges | undefined {
  let changes: RunChanges | undefined;
  for (const event of events) {
    if (event.type === "run.waiting") changes = { ...changes, state: "waiting" };
    else if (event.type === "run.resumed") changes = { ...changes, state: "running" };
    else if (isFinal(event)) changes = { ...changes, end: event };
  }
  if (!closed && !opened && !held) return changes;
  return { ...changes, ...(closed && { closed }), ...(opened && { opened }), ...(held && { held }) };
}

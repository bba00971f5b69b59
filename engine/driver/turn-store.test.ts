import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DurableEvent } from "../run/events.ts";
import type { Told } from "./journal.ts";
import { TURNS_SCHEMA } from "./turn-rows.ts";
import { TurnStore } from "./turn-store.ts";

const RUNS = "CREATE TABLE runs (number INTEGER PRIMARY KEY, state, ended_at, error, input_tokens, output_tokens);";
const run = { number: 1, runId: "r" };
const event = (seq: number): DurableEvent => ({ type: "step.skipped", runId: "r", seq, at: seq, path: "a", node: "a" });
const told = (id: string): Told => ({ id, at: 1, result: { ok: true, value: id } });

describe("turns of runs", () => {
  let folder: string;
  let sql: Sqlite.Database;
  let turns: TurnStore;
  const path = () => join(folder, "runs.db");
  const log = () => `${path()}-turns`;

  function open(): void {
    sql = new Sqlite(path());
    turns = new TurnStore({ sql });
  }
  /** What is left when the process is killed: the log keeps what the database doesn't have. */
  function kill(): void {
    sql.close();
    turns.close();
  }
  function append(count: number): void {
    const journal = turns.journal(run);
    for (let index = 0; index < count; index++) {
      const seq = journal.lastSeq + 1;
      journal.append({ told: [told(`s${seq}`)], events: [event(seq)] });
    }
  }
  const rows = () => Number(sql.prepare("SELECT count(*) AS count FROM turns").pluck().get());
  const seqs = () => [...turns.events(run, 0)].map(({ seq }) => seq);
  const ids = () => {
    const all: string[] = [];
    const recorded = turns.journal(run).recorded();
    for (let next = recorded.next(); !next.done; next = recorded.next())
      if ("id" in next.value) all.push(next.value.id);
    return all;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "heddle-turns-"));
    sql = new Sqlite(path());
    sql.pragma("journal_mode = WAL");
    sql.exec(RUNS + TURNS_SCHEMA);
    turns = new TurnStore({ sql });
  });
  afterEach(() => {
    kill();
    rmSync(folder, { recursive: true });
  });

  it("are in the log first and in the database in few rows", () => {
    append(100);
    expect(rows()).toBe(0);
    turns.fold();
    expect(rows()).toBe(1);
    append(50);
    expect(seqs()).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
    turns.fold();
    expect(rows()).toBe(2);
    expect(seqs()).toHaveLength(150);
  });

  it("are brought in when a process ended before it could", () => {
    append(3);
    kill();
    open();
    expect(seqs()).toEqual([1, 2, 3]);
    append(1);
    expect(ids()).toEqual(["s1", "s2", "s3", "s4"]);
  });

  it("are brought in once, wherever between database and log the process ended", () => {
    append(3);
    turns.fold();
    append(2);
    const before = readFileSync(log());
    turns.fold();
    kill();
    writeFileSync(log(), before);
    open();
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  it("drop a torn end, and go on behind what is whole", () => {
    append(3);
    kill();
    truncateSync(log(), readFileSync(log()).length - 5);
    open();
    append(1);
    expect(ids()).toEqual(["s1", "s2", "s3"]);
    append(1);
    kill();
    appendFileSync(log(), Buffer.from([9, 0, 0, 0, 1, 2, 3, 4, 120]));
    open();
    expect(ids()).toEqual(["s1", "s2", "s3", "s4"]);
  });

  it("are one process’s to write, and any one’s to read", () => {
    append(2);
    const other = new Sqlite(path(), { timeout: 0 });
    const reader = new TurnStore({ sql: other, patience: 0 });
    expect([...reader.events(run, 0)]).toEqual([]);
    turns.fold();
    expect([...reader.events(run, 0)]).toHaveLength(2);
    expect(() => reader.journal(run).append({ told: [], events: [event(3)] })).toThrow(
      expect.objectContaining({ code: "store.locked" }),
    );
    reader.close();
    other.close();
  });

  it("come into the database by themselves soon", async () => {
    append(1);
    await expect.poll(rows, { timeout: 5_000, interval: 10 }).toBe(1);
  });

  it("start the log over when it is long", () => {
    const journal = turns.journal(run);
    const text = "x".repeat(1_000_000);
    for (let index = 1; index <= 20; index++) {
      journal.append({ told: [{ id: `s${index}`, at: 1, result: { ok: true, value: text } }], events: [event(index)] });
    }
    turns.fold();
    expect(readFileSync(log()).length).toBeLessThan(5_000_000);
    kill();
    open();
    append(1);
    expect(seqs()).toHaveLength(21);
  });

  it("don’t count from another filling of the log", () => {
    append(2);
    const frames = readFileSync(log()).subarray(8);
    turns.fold();
    kill();
    const header = Buffer.alloc(8);
    header.writeBigUInt64LE(99n);
    writeFileSync(log(), Buffer.concat([header, frames]));
    open();
    expect(seqs()).toEqual([1, 2]);
  });
});

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { MIGRATIONS } from "../migrations.ts";

const FLOW = {
  name: "old",
  nodes: { start: { type: "begin" }, a: { type: "echo", config: { value: "{{ start.value }}" } }, b: { type: "echo" } },
  edges: [
    { from: "start", port: "out", to: "a" },
    { from: "a", port: "out", to: "b" },
  ],
  bindings: [],
  layout: {},
  extra: {},
};

const at = 1_700_000_000_000;
const place = (path: string) => ({ path, node: path });
const done = (path: string, output: unknown) => ({
  type: "step.completed",
  ...place(path),
  attempt: 1,
  output,
  port: "out",
});

/** What format 1 recorded of a run: up to step a, or to the end. Events without run and number, times only where they change. */
function turnsOf(ended: boolean): { lastSeq: number; completions: unknown[]; events: unknown[] }[] {
  const begun = [
    { type: "run.started", at, flow: "old", revision: "1", input: "in" },
    { type: "step.ready", ...place("start") },
    { type: "step.started", ...place("start"), attempt: 1, input: {} },
    done("start", { value: "in" }),
    { type: "step.ready", ...place("a") },
    { type: "step.started", ...place("a"), attempt: 1, input: { value: "in" } },
  ];
  const more = [
    { ...done("a", { value: "in", seed: 1, key: "k" }), at: at + 1 },
    { type: "step.ready", ...place("b") },
    { type: "step.started", ...place("b"), attempt: 1, input: { value: null } },
  ];
  const last = [
    { ...done("b", { value: null }), at: at + 2 },
    { type: "run.completed", output: null, usage: { inputTokens: 0, outputTokens: 0 } },
  ];
  const turns = [
    { lastSeq: 6, completions: [], events: begun },
    { lastSeq: 9, completions: [{ id: "a#1", at: at + 1, result: 0 }], events: more },
  ];
  return ended ? [...turns, { lastSeq: 11, completions: [{ id: "b#1", at: at + 2, result: 0 }], events: last }] : turns;
}

/** Makes a database as Heddle 0.1 did (format 1), with so many runs; the last of them is unfinished: its step b was in flight. */
export function makeOldDatabase(path: string, runs: number): void {
  mkdirSync(dirname(path), { recursive: true });
  const sql = new Sqlite(path);
  sql.pragma("journal_mode = WAL");
  sql.exec(MIGRATIONS[0]!);
  sql.pragma("user_version = 1");
  sql.prepare("INSERT INTO flow_versions VALUES ('d', ?)").run(JSON.stringify(FLOW));
  const addRun = sql.prepare(
    "INSERT INTO runs (id, flow, revision, version, input, state, started_at, ended_at) VALUES (?, 'old', '1', 'd', '\"in\"', ?, ?, ?)",
  );
  const addTurn = sql.prepare("INSERT INTO turns VALUES (?, ?, ?, ?)");
  sql.transaction(() => {
    for (let number = 1; number <= runs; number++) {
      const ended = number < runs;
      addRun.run(`run-${number}`, ended ? "succeeded" : "running", at, ended ? at + 2 : null);
      turnsOf(ended).forEach(({ lastSeq, completions, events }, turn) =>
        addTurn.run(number * 2 ** 24 + turn, lastSeq, JSON.stringify(completions), JSON.stringify(events)),
      );
    }
  })();
  sql.close();
}

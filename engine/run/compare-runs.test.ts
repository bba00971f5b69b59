import { expect, it } from "vitest";
import { compareRuns } from "./compare-runs.ts";
import type { DurableEvent } from "./events.ts";

const completed = (path: string, output: string, seq: number): DurableEvent[] => [
  { type: "step.started", runId: "r", seq, at: seq, path, node: path, attempt: 1, input: { text: output } },
  { type: "step.completed", runId: "r", seq: seq + 1, at: seq, path, node: path, attempt: 1, output, port: "out" },
];
const skipped = (path: string, seq: number): DurableEvent => ({
  type: "step.skipped",
  runId: "r",
  seq,
  at: seq,
  path,
  node: path,
});

it("tells step by step what two runs have in common and what not", () => {
  const left = [...completed("start", "a", 1), ...completed("draft", "x", 3), ...completed("send", "s", 5)];
  const right = [...completed("start", "a", 1), ...completed("draft", "y", 3), skipped("send", 5), skipped("other", 6)];
  expect(compareRuns(left, right)).toEqual([
    { path: "start", node: "start", kind: "same", fields: [], left: "a", right: "a" },
    { path: "draft", node: "draft", kind: "changed", fields: ["input", "output"], left: "x", right: "y" },
    {
      path: "send",
      node: "send",
      kind: "changed",
      fields: ["state", "output", "port"],
      left: "s",
      right: null,
    },
    { path: "other", node: "other", kind: "only-right", fields: [], right: null },
  ]);
});

it("sees that large values differ behind the same beginning", () => {
  const large = (digest: string): DurableEvent => ({
    ...(completed("load", "[1,2,3", 1)[1] as Extract<DurableEvent, { type: "step.completed" }>),
    large: { output: { digest, bytes: 100_000 } },
  });
  expect(compareRuns([large("aa")], [large("aa")])[0]!.kind).toBe("same");
  expect(compareRuns([large("aa")], [large("bb")])[0]!.fields).toEqual(["output"]);
});

it("takes a result that was handed on for the same, though its step didn't start again", () => {
  const [, kept] = completed("start", "a", 1);
  expect(compareRuns(completed("start", "a", 1), [kept!])).toMatchObject([{ kind: "same", fields: [] }]);
});

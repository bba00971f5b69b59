import { describe, expect, it } from "vitest";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import { ANY, filterRuns, pairOf, pickRun, runDuration } from "./filter.ts";

const run = (runId: string, startedAt: number, state: RunSummary["state"] = "succeeded"): RunSummary => ({
  runId,
  flow: "triage",
  state,
  startedAt,
  inputTokens: 0,
  outputTokens: 0,
});
const runs = [run("c", 30, "waiting"), run("b", 20), run("a", 10, "failed")];

describe("the list of runs", () => {
  it("shows one state or all", () => {
    expect(filterRuns(runs, { state: ANY })).toBe(runs);
    expect(filterRuns(runs, { state: "waiting" }).map(({ runId }) => runId)).toEqual(["c"]);
  });
});

describe("two runs to compare", () => {
  it("are picked one after the other, a third instead of the first", () => {
    expect(pickRun(pickRun(["a"], "b"), "c")).toEqual(["b", "c"]);
    expect(pickRun(["a", "b"], "a")).toEqual(["b"]);
  });

  it("stand in the order they ran", () => {
    expect(pairOf(runs, ["c", "a"])?.map(({ runId }) => runId)).toEqual(["a", "c"]);
    expect(pairOf(runs, ["c"])).toBeUndefined();
    expect(pairOf(runs, ["c", "removed"])).toBeUndefined();
  });
});

it("tells how long a run took, but not of a replay", () => {
  expect(runDuration({ ...run("a", 1000), endedAt: 2400 })).toBe("1.4 s");
  expect(runDuration(run("a", 1000))).toBe("");
  expect(runDuration({ ...run("a", 9000), endedAt: 2400, origin: { runId: "b", kind: "replay" } })).toBe("");
});

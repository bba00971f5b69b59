import { expect, it } from "vitest";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import { unfinishedRun } from "./use-unfinished-run.ts";

const run = (runId: string, state: RunSummary["state"]): RunSummary => ({
  runId,
  flow: "triage",
  state,
  startedAt: 1,
  inputTokens: 0,
  outputTokens: 0,
});

it("finds the run that goes on, whatever came after it", () => {
  expect(unfinishedRun([run("c", "failed"), run("b", "running"), run("a", "waiting")])?.runId).toBe("b");
});

it("finds the newest if it waits, but no older one", () => {
  expect(unfinishedRun([run("b", "waiting"), run("a", "waiting")])?.runId).toBe("b");
  expect(unfinishedRun([run("b", "succeeded"), run("a", "waiting")])).toBeUndefined();
  expect(unfinishedRun([])).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";
import { emptyRunView, type RunView, type StepView } from "../../../engine/run/view.ts";
import { edgeRun, liveText, outcome, runningTool } from "./run-state.ts";

function view(...steps: Partial<StepView>[]): RunView {
  const whole = steps.map((step): StepView => ({
    path: "a",
    node: "a",
    state: "running",
    readyAt: 0,
    attempt: 1,
    text: "",
    ...step,
  }));
  return {
    ...emptyRunView("r"),
    steps: Object.fromEntries(whole.map((step) => [step.path, step])),
    order: whole.map(({ path }) => path),
  };
}

describe("a wire in a run", () => {
  it.each([
    ["taken by the port that was taken", { state: "completed", port: "yes" }, "yes", "taken"],
    ["skipped at every other port", { state: "completed", port: "yes" }, "no", "skipped"],
    ["skipped after a skipped step", { state: "skipped" }, "out", "skipped"],
    ["skipped when its step failed", { state: "failed" }, "out", "skipped"],
    ["idle while its step runs", { state: "running" }, "out", "idle"],
  ] as const)("is %s", (_what, step, port, expected) => {
    expect(edgeRun(view(step), "a", port, "b")).toBe(expected);
  });

  it("is taken from a failed step where the failure is dealt with", () => {
    expect(edgeRun(view({ state: "failed" }, { path: "b", node: "b" }), "a", "error", "b")).toBe("taken");
  });
});

describe("a running card", () => {
  const agent = view(
    { path: "agent", node: "agent", text: "" },
    { path: "agent/model 1", node: "agent", state: "completed", text: "old" },
    { path: "agent/model 2", node: "agent", text: "Order 10" },
    { path: "agent/look 1", node: "agent", tool: { server: "shop", name: "look", arguments: {} } },
  );
  it("shows what its newest step says, and the tool that it waits for", () => {
    expect(liveText(agent, "agent")).toBe("Order 10");
    expect(runningTool(agent, "agent")).toBe("look");
    expect(liveText(agent, "other")).toBe("");
  });
});

describe("the outcome in a word", () => {
  const shape = {
    output: { properties: { text: { type: "string" }, label: { enum: ["a"] } } },
  } as unknown as NodeAnalysis;
  it("is the output's choice, where it has one", () => {
    expect(outcome({ text: "long", label: "a" }, shape)).toBe("a");
    expect(outcome("text", shape)).toBeUndefined();
    expect(outcome({ label: "x".repeat(40) }, shape)).toBeUndefined();
  });
});

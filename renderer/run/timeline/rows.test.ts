import { describe, expect, it } from "vitest";
import type { StepView } from "../../../engine/run/view.ts";
import { runSpan, stepBar, stepDuration, timelineRows } from "./rows.ts";

const step = (path: string, times: Partial<StepView> = {}): StepView => ({
  path,
  node: path.split("/")[0]!,
  state: "completed",
  readyAt: 1000,
  attempt: 1,
  text: "",
  ...times,
});

describe("the timeline", () => {
  it("puts the steps inside a node under it, whatever came between", () => {
    const paths = ["start", "agent", "agent/model 1", "note", "agent/lookup_order 1"];
    const view = { order: paths, steps: Object.fromEntries(paths.map((path) => [path, step(path)])) };
    expect(timelineRows(view).map((row) => [row.step.path, row.depth, row.inner])).toEqual([
      ["start", 0, undefined],
      ["agent", 0, undefined],
      ["agent/model 1", 1, "model 1"],
      ["agent/lookup_order 1", 1, "lookup_order 1"],
      ["note", 0, undefined],
    ]);
  });

  it("draws waiting and working where they were in time", () => {
    const span = runSpan({ startedAt: 1000, endedAt: 2000 }, 9999);
    expect(stepBar(step("a", { readyAt: 1200, startedAt: 1400, endedAt: 1900 }), span)).toEqual({
      wait: { left: 0.2, width: 0.2 },
      work: { left: 0.4, width: 0.5 },
    });
  });

  it("grows a running step to now", () => {
    const span = runSpan({ startedAt: 1000 }, 3000);
    const bar = stepBar(step("a", { state: "running", startedAt: 1000 }), span);
    expect(bar.work).toEqual({ left: 0, width: 1 });
    expect(stepDuration(step("a", { state: "running", startedAt: 1000 }), 3000)).toBe(2000);
  });

  it("keeps an instant visible and inside the width", () => {
    const span = runSpan({ startedAt: 1000, endedAt: 2000 }, 0);
    const { work } = stepBar(step("a", { startedAt: 2000, endedAt: 2000 }), span);
    expect(work!.width).toBeGreaterThan(0);
    expect(work!.left + work!.width).toBeLessThanOrEqual(1);
  });

  it("draws nothing for a skipped step", () => {
    expect(stepBar(step("a", { state: "skipped" }), { from: 0, to: 1 })).toEqual({});
    expect(stepDuration(step("a", { state: "skipped", startedAt: 1 }), 2)).toBeUndefined();
  });
});

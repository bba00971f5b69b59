import { describe, expect, it } from "vitest";
import type { RunView, StepView } from "../../../engine/run/view.ts";
import { ALL_FOLDED, LISTED_ROUNDS, runSpan, stepBar, stepDuration, timelineRows, type TimelineRow } from "./rows.ts";

const step = (path: string, times: Partial<StepView> = {}): StepView => ({
  path,
  node: path.includes("]/") ? path.split("/").at(-1)! : path.split("/")[0]!,
  state: "completed",
  readyAt: 1000,
  attempt: 1,
  text: "",
  ...times,
});

describe("the timeline", () => {
  const viewOf = (paths: string[], rounds: RunView["rounds"] = {}) => ({
    order: paths,
    steps: Object.fromEntries(paths.map((path) => [path, step(path)])),
    rounds,
  });
  const shown = (rows: TimelineRow[]) =>
    rows.map((row) => {
      const indent = "  ".repeat(row.depth);
      if (row.kind === "hidden") return `${indent}… ${row.count}${row.gone ? " gone" : ""}`;
      return `${indent}${row.path}`;
    });

  it("puts the steps inside a node under it, whatever came between", () => {
    const rows = timelineRows(viewOf(["start", "agent", "agent/model 1", "note", "agent/lookup_order 1"]));
    expect(shown(rows)).toEqual(["start", "agent", "  agent/model 1", "  agent/lookup_order 1", "note"]);
    expect(rows[2]).toMatchObject({ inner: "model 1", depth: 1 });
    expect(rows[1]).toMatchObject({ open: true });
  });

  it("closes what the user closed", () => {
    const view = viewOf(["agent", "agent/model 1", "answer"]);
    expect(shown(timelineRows(view, { ...ALL_FOLDED, toggled: new Set(["agent"]) }))).toEqual(["agent", "answer"]);
  });

  it("groups a container's steps by round and opens a round on demand", () => {
    const paths = ["each", "each[0]/charge", "each[1]/charge", "each[0]/mail", "done"];
    const view = viewOf(paths, { each: { count: 2, kept: [0, 1], failures: 0, failed: [] } });
    expect(shown(timelineRows(view))).toEqual(["each", "  each[0]", "  each[1]", "done"]);
    expect(shown(timelineRows(view, { ...ALL_FOLDED, toggled: new Set(["each[0]"]) }))).toEqual([
      "each",
      "  each[0]",
      "    each[0]/charge",
      "    each[0]/mail",
      "  each[1]",
      "done",
    ]);
  });

  it("lists the latest rounds and the failed ones, and says how many it leaves out", () => {
    const kept = [0, ...Array.from({ length: 30 }, (_, i) => 70 + i)];
    const view = viewOf(["loop", ...kept.map((round) => `loop[${round}]/try`)], {
      loop: { count: 100, kept, failures: 1, failed: [0] },
    });
    const rows = timelineRows(view);
    expect(shown(rows).slice(0, 4)).toEqual(["loop", "  … 69 gone", "  … 22", "  loop[0]"]);
    expect(rows).toHaveLength(4 + LISTED_ROUNDS);
    const more = timelineRows(view, { ...ALL_FOLDED, listed: { loop: 1000 } });
    expect(more.filter(({ kind }) => kind === "round")).toHaveLength(31);
  });

  it("shows the steps of a sub-flow under the step that runs it", () => {
    const view = viewOf(["call", "call/triage", "call/each", "call/each[0]/charge"]);
    for (const path of view.order) view.steps[path] = step(path, { node: "call" });
    expect(shown(timelineRows(view))).toEqual(["call", "  call/triage", "  call/each", "    call/each[0]"]);
    expect(timelineRows(view)[1]).toMatchObject({ inner: "triage" });
  });

  it("shows a node as waiting while nothing inside it does more than wait", () => {
    const view = viewOf(["approve", "approve/answer", "approve/answer deadline"]);
    for (const path of view.order) view.steps[path] = step(path, { state: "waiting", endedAt: undefined });
    view.steps["approve"] = step("approve", { state: "running" });
    expect(timelineRows(view)[0]).toMatchObject({ state: "waiting" });
    view.steps["approve/answer"] = step("approve/answer", { state: "running" });
    expect(timelineRows(view)[0]).toMatchObject({ state: "running" });
  });

  it("shows a stop at a breakpoint on the node itself", () => {
    const view = viewOf(["start", "charge", "charge/breakpoint"]);
    view.steps["charge"] = step("charge", { state: "ready" });
    view.steps["charge/breakpoint"] = step("charge/breakpoint", { state: "waiting" });
    const rows = timelineRows(view);
    expect(shown(rows)).toEqual(["start", "charge"]);
    expect(rows[1]).toMatchObject({ state: "waiting" });
  });

  it("tells a round by the step that matters most", () => {
    const view = viewOf(["each", "each[0]/charge", "each[0]/mail"]);
    view.steps["each[0]/charge"] = step("each[0]/charge", { state: "failed", startedAt: 1000, endedAt: 1200 });
    view.steps["each[0]/mail"] = step("each[0]/mail", { state: "waiting", startedAt: 1100 });
    expect(timelineRows(view)[1]).toMatchObject({ round: { index: 0, state: "failed", startedAt: 1000 } });
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

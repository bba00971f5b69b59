import { describe, expect, it } from "vitest";
import type { RunEvent } from "./events.ts";
import { applyEvent, emptyRunView, type RunView } from "./view.ts";

type Body<Event> = Event extends unknown ? Omit<Event, "runId" | "at" | "seq"> : never;

/** Folds events that need no seq or time of their own: both count from 1. */
function viewOf(...bodies: Body<RunEvent>[]): RunView {
  let seq = 0;
  return bodies.reduce<RunView>((view, body, index) => {
    const at = index + 1;
    const live = body.type === "step.delta" || body.type === "answer.delta";
    return applyEvent(view, { ...body, runId: "r", at, ...(live ? {} : { seq: ++seq }) } as RunEvent);
  }, emptyRunView("r"));
}

const step = (path: string) => ({ path, node: path.split("/")[0]! });
const started = (path: string, attempt = 1) => ({ type: "step.started", ...step(path), attempt }) as const;
const said = (path: string, n: number, text: string, attempt = 1) =>
  ({ type: "step.delta", ...step(path), n, text, attempt }) as const;
const completed = (path: string) =>
  ({ type: "step.completed", ...step(path), attempt: 1, output: { text: "x" }, port: "out" }) as const;
const error = { code: "model.unreachable", params: {}, message: "no", retryable: true };

describe("a run's view", () => {
  it("follows a run from its start to its output", () => {
    const usage = { inputTokens: 1, outputTokens: 2 };
    const view = viewOf(
      { type: "run.started", flow: "f", revision: "1", input: { a: 1 } },
      { type: "step.ready", ...step("a") },
      { ...started("a"), input: { text: "hi" } },
      { ...completed("a"), usage },
      { type: "run.completed", output: { text: "x" }, usage },
    );
    expect(view).toMatchObject({
      flow: "f",
      state: "succeeded",
      startedAt: 1,
      endedAt: 5,
      input: { a: 1 },
      output: { text: "x" },
      usage,
    });
    expect(view.steps["a"]).toMatchObject({
      state: "completed",
      readyAt: 2,
      startedAt: 3,
      endedAt: 4,
      port: "out",
      input: { text: "hi" },
    });
    expect(view.order).toEqual(["a"]);
  });

  it("takes each durable event once and shares what doesn't change", () => {
    const before = viewOf({ type: "step.ready", ...step("a") }, { type: "step.ready", ...step("b") });
    const again = applyEvent(before, { type: "step.skipped", ...step("a"), runId: "r", at: 9, seq: 2 });
    expect(again).toBe(before);
    const next = applyEvent(before, { type: "step.skipped", ...step("a"), runId: "r", at: 9, seq: 3 });
    expect(next.steps["b"]).toBe(before.steps["b"]);
    expect(next.lastSeq).toBe(3);
  });

  it("grows a step's text, forgets a failed try's, and ignores what comes late", () => {
    expect(viewOf(started("a"), said("a", 0, "one "), said("a", 4, "two")).steps["a"]?.text).toBe("one two");
    const retried = viewOf(
      started("a"),
      said("a", 0, "one"),
      started("a", 2),
      said("a", 3, "late", 1),
      said("a", 0, "new", 2),
    );
    expect(retried.steps["a"]?.text).toBe("new");
    expect(viewOf(started("a"), completed("a"), said("a", 0, "late")).steps["a"]?.text).toBe("");
  });

  it("splices the answer: told twice, rewound, or joined in the middle", () => {
    const delta = (n: number, text: string) => ({ type: "answer.delta", n, text }) as const;
    expect(viewOf(delta(0, "ab"), delta(0, "ab"), delta(2, "cd")).answer).toBe("abcd");
    expect(viewOf(delta(0, "abcd"), delta(1, "X")).answer).toBe("aX");
    expect(viewOf(delta(5, "late")).answer).toBe("");
  });

  it("shows what a step inside a node says on the node as well, the latest step's alone", () => {
    const view = viewOf(
      started("a"),
      started("a/model 1"),
      said("a/model 1", 0, "thinking"),
      started("a/model 2"),
      said("a/model 2", 0, "so: "),
    );
    expect(view.steps["a"]?.text).toBe("so: ");
    expect(view.steps["a/model 1"]?.text).toBe("thinking");
    expect(view.order).toEqual(["a", "a/model 1", "a/model 2"]);
  });

  it("keeps a tool's call and result", () => {
    const view = viewOf(
      started("a/find 1"),
      { type: "tool.called", ...step("a/find 1"), server: "shop", tool: "find", arguments: { id: 1 } },
      { type: "tool.returned", ...step("a/find 1"), result: "found" },
    );
    expect(view.steps["a/find 1"]?.tool).toEqual({
      server: "shop",
      name: "find",
      arguments: { id: 1 },
      result: "found",
    });
  });

  it("shows a failed step that will be tried again, and one that won't", () => {
    const waiting = viewOf(started("a"), { type: "step.failed", ...step("a"), attempt: 1, error, willRetryAt: 99 });
    expect(waiting.steps["a"]).toMatchObject({ state: "retrying", willRetryAt: 99, error });
    expect(waiting.steps["a"]?.endedAt).toBeUndefined();
    const failed = viewOf(started("a"), { type: "step.failed", ...step("a"), attempt: 1, error });
    expect(failed.steps["a"]).toMatchObject({ state: "failed", endedAt: 2 });
  });

  it("leaves nothing running when a run fails, is cancelled, or abandons a node", () => {
    const failed = viewOf(started("a"), started("b"), completed("b"), { type: "run.failed", error, node: "a" });
    expect(failed).toMatchObject({ state: "failed", failedNode: "a", error });
    expect([failed.steps["a"]?.state, failed.steps["b"]?.state]).toEqual(["skipped", "completed"]);
    expect(viewOf(started("a"), { type: "run.cancelled" }).steps["a"]?.state).toBe("skipped");
    const abandoned = viewOf(started("a"), started("a/model 1"), started("ab"), { type: "step.skipped", ...step("a") });
    expect(abandoned.steps["a/model 1"]?.state).toBe("skipped");
    expect(abandoned.steps["ab"]?.state).toBe("running");
  });

  it("waits and goes on", () => {
    expect(viewOf({ type: "run.waiting" }).state).toBe("waiting");
    expect(viewOf({ type: "run.waiting" }, { type: "run.resumed" }).state).toBe("running");
  });
});

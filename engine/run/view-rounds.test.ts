import { describe, expect, it } from "vitest";
import type { RunEvent } from "./events.ts";
import { KEPT_FAILURES, KEPT_ROUNDS } from "./view-draft.ts";
import { applyEvent, applyEvents, emptyRunView, type RunView } from "./view.ts";

const error = { code: "model.unreachable", params: {}, message: "no", retryable: false };

/** The events of a step inside rounds; `how` it ends, or that it doesn't. */
function stepEvents(first: number, path: string, how: "completed" | "failed" | "open" = "completed"): RunEvent[] {
  const base = { runId: "r", at: first, path, node: path.split("/").at(-1)! };
  const events: RunEvent[] = [
    { ...base, seq: first, type: "step.ready" },
    { ...base, seq: first + 1, type: "step.started", attempt: 1 },
  ];
  if (how === "completed") {
    events.push({ ...base, seq: first + 2, type: "step.completed", attempt: 1, output: 1, port: "out" });
  }
  if (how === "failed") events.push({ ...base, seq: first + 2, type: "step.failed", attempt: 1, error });
  return events;
}

function loop(rounds: number, how: (round: number) => "completed" | "failed" | "open" = () => "completed"): RunEvent[] {
  const events = stepEvents(1, "loop", "open");
  for (let round = 0; round < rounds; round++) {
    events.push(...stepEvents(events.length + 1, `loop[${round}]/charge`, how(round)));
  }
  return events.map((event, index) => ({ ...event, seq: index + 1 }) as RunEvent);
}

describe("a view of many rounds", () => {
  it("stays small and knows how many there were", () => {
    const view = applyEvents(emptyRunView("r"), loop(100_000));
    expect(view.rounds["loop"]?.count).toBe(100_000);
    expect(Object.keys(view.steps).length).toBeLessThanOrEqual(KEPT_ROUNDS + 2);
    expect(view.order.length).toBe(Object.keys(view.steps).length);
    expect(view.steps["loop[99999]/charge"]?.state).toBe("completed");
    expect(view.rounds["loop"]?.kept.at(-1)).toBe(99_999);
  });

  it("keeps the first rounds that failed and counts the others", () => {
    const view = applyEvents(
      emptyRunView("r"),
      loop(1_000, (round) => (round % 10 === 0 ? "failed" : "completed")),
    );
    const { failed, failures } = view.rounds["loop"]!;
    expect(failures).toBe(100);
    expect(failed).toEqual(Array.from({ length: KEPT_FAILURES }, (_, i) => i * 10));
    expect(view.steps["loop[0]/charge"]?.state).toBe("failed");
  });

  it("never lets go of a round that goes on", () => {
    const view = applyEvents(
      emptyRunView("r"),
      loop(500, (round) => (round === 3 ? "open" : "completed")),
    );
    expect(view.steps["loop[3]/charge"]?.state).toBe("running");
    expect(view.rounds["loop"]?.kept[0]).toBe(3);
  });

  it("drops the rounds inside a round with it", () => {
    const events: RunEvent[] = [];
    for (let round = 0; round < 200; round++) {
      events.push(...stepEvents(0, `outer[${round}]/inner`), ...stepEvents(0, `outer[${round}]/inner[0]/charge`));
    }
    const numbered = events.map((event, index) => ({ ...event, seq: index + 1 }) as RunEvent);
    const view = applyEvents(emptyRunView("r"), numbered);
    expect(view.rounds["outer"]?.count).toBe(200);
    expect(Object.keys(view.rounds).length).toBeLessThanOrEqual(KEPT_ROUNDS + 1);
  });

  it("is the same folded one by one and together, and leaves the earlier view as it was", () => {
    const events = loop(150, (round) => (round % 40 === 0 ? "failed" : "completed"));
    const middle = applyEvents(emptyRunView("r"), events.slice(0, 200));
    const copy = structuredClone(middle);
    const oneByOne = events.slice(200).reduce<RunView>(applyEvent, middle);
    expect(applyEvents(middle, events.slice(200))).toEqual(oneByOne);
    expect(middle).toEqual(copy);
  });
});

describe("a step inside a node in a round", () => {
  it("says its text on that round's node", () => {
    const inner = { runId: "r", at: 1, path: "each[1]/agent/model 1", node: "agent" };
    const view = applyEvents(emptyRunView("r"), [
      { ...inner, path: "each[1]/agent", seq: 1, type: "step.started", attempt: 1 },
      { ...inner, seq: 2, type: "step.started", attempt: 1 },
      { ...inner, type: "step.delta", attempt: 1, n: 0, text: "Hello" },
    ]);
    expect(view.steps["each[1]/agent"]?.text).toBe("Hello");
    expect(view.steps["agent"]).toBeUndefined();
  });
});

describe("what a step waits for", () => {
  const wait = { kind: "event", event: "paid" } as const;
  const base = { runId: "r", path: "pay", node: "pay" };
  const waiting: RunEvent = { ...base, at: 5, seq: 1, type: "step.waiting", wait, until: 99 };

  it("is told while it waits and forgotten afterwards", () => {
    const view = applyEvent(emptyRunView("r"), waiting);
    expect(view.steps["pay"]).toMatchObject({ state: "waiting", wait, waitingSince: 5, until: 99 });
    const done = applyEvent(view, {
      ...base,
      at: 7,
      seq: 2,
      type: "step.completed",
      attempt: 1,
      output: 1,
      port: "out",
    });
    expect(done.steps["pay"]).toMatchObject({ state: "completed", wait: undefined, until: undefined });
  });

  it("marks what runs after the failure, and where it failed", () => {
    const view = applyEvents(emptyRunView("r"), [
      { ...base, at: 1, seq: 1, type: "step.ready" },
      { runId: "r", at: 2, seq: 2, type: "run.recovering", error },
      { ...base, path: "refund", node: "refund", at: 3, seq: 3, type: "step.ready" },
      { runId: "r", at: 4, seq: 4, type: "run.failed", error, node: "pay", path: "each[2]/pay" },
    ]);
    expect(view.steps["refund"]?.recovers).toBe(true);
    expect(view.steps["pay"]?.recovers).toBeUndefined();
    expect(view).toMatchObject({ state: "failed", failedNode: "pay", failedPath: "each[2]/pay" });
  });
});

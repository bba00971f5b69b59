import { describe, expect, test } from "vitest";
import { runFlow } from "../testing/run-flow.ts";

const flow = (nodes: string, edges: string) => `
heddle: 1
name: Test
nodes:
  start: { type: start, config: { fields: { order: { type: string, default: "7" }, due: { type: string, default: "" } } } }
${nodes}
edges: [${edges}]
`;

describe("waiting for an event", () => {
  const text = (config: string) =>
    flow(
      `
  paid: { type: wait-for-event, config: ${config} }
  result: { type: end, config: { fields: { amount: "{{ paid.payload.amount }}" } } }
  late: { type: answer, config: { text: Nothing came. } }`,
      "start -> paid, paid -> result, paid.timeout -> late",
    );

  test("names the event and the one that it is for", async () => {
    const { outcome, events } = await runFlow(text('{ event: paid, key: "{{ start.order }}", timeout: 1h }'), {
      answer: ({ wait }) => (wait.kind === "event" ? { amount: 12.5 } : undefined),
    });
    expect(outcome).toMatchObject({ state: "succeeded", output: { amount: 12.5 } });
    expect(events.find((event) => event.type === "step.waiting")).toMatchObject({
      path: "paid/event",
      wait: { kind: "event", event: "paid", key: "7", within: 3_600_000 },
    });
  });

  test("goes the other way when nothing came in time", async () => {
    const { outcome } = await runFlow(text("{ event: paid, timeout: 5ms }"));
    expect(outcome).toMatchObject({ output: { text: "Nothing came." } });
  });

  test("refuses what has another form than was agreed", async () => {
    const form = "{ type: object, properties: { amount: { type: number } }, required: [amount] }";
    const { outcome } = await runFlow(text(`{ event: paid, timeout: 1h, payload: ${form} }`), {
      answer: ({ wait }) => (wait.kind === "event" ? { amount: "a lot" } : undefined),
    });
    expect(outcome).toMatchObject({ state: "failed", node: "paid", error: { code: "event.bad-payload" } });
  });
});

describe("a pause", () => {
  const text = (config: string) =>
    flow(
      `
  pause: { type: delay, config: ${config} }
  result: { type: end, config: { fields: { waited: "{{ pause.waited }}" } } }`,
      "start -> pause, pause -> result",
    );

  test("until a time that a step gave, on the clock of a zone", async () => {
    const begun = Date.now();
    const due = new Date(begun + 60).toISOString();
    const { outcome, events } = await runFlow(text('{ until: "{{ start.due }}" }'), { input: { due } });
    expect(Date.now()).toBeGreaterThanOrEqual(begun + 60);
    expect(outcome).toMatchObject({ state: "succeeded", output: { waited: expect.any(Number) } });
    expect(events.map(({ type }) => type)).toContain("run.waiting");
  });

  test("says what it couldn’t read", async () => {
    const { outcome } = await runFlow(text('{ until: "{{ start.due }}" }'), { input: { due: "next week" } });
    expect(outcome).toMatchObject({ error: { code: "input.bad-time", params: { value: "next week" } } });
    const length = await runFlow(text('{ for: "{{ start.due }}" }'), { input: { due: "a while" } });
    expect(length.outcome).toMatchObject({ error: { code: "input.bad-duration" } });
  });

  test("ends with the run that is cancelled", async () => {
    const stop = new AbortController();
    const { outcome } = await runFlow(text("{ for: 14d }"), {
      signal: stop.signal,
      onEvent: (event) => event.type === "run.waiting" && stop.abort(),
    });
    expect(outcome.state).toBe("cancelled");
  });
});

import { expect, it } from "vitest";
import { contractFlow } from "./driver-contract.ts";
import { runFlow } from "./testing/run-flow.ts";

const items = (count: number) => Array.from({ length: count }, (_, item) => item);

it("runs thousands of rounds that are computed at once without nesting, however many may run side by side", async () => {
  for (const concurrency of [1, 7, 100_000]) {
    const flow = contractFlow(
      `each: { type: rounds, config: { items: start.value, concurrency: ${concurrency}, collect: "{{ x.value }}" }, body: {
  nodes: { x: { type: compute, config: { value: "{{ item + 1 }}" } } } } }`,
      "start -> each",
    );
    const { events, outcome } = await runFlow(flow, { input: items(5_000) });
    expect(outcome.state).toBe("succeeded");
    const output = events.flatMap((event) =>
      event.type === "step.completed" && event.path === "each" ? [event.output] : [],
    );
    expect(output).toMatchObject([{ items: items(5_000).map((item) => item + 1) }]);
  }
});

it("passes a checkpoint after every thousand rounds, in loops within loops too", async () => {
  const flow = contractFlow(
    `outer: { type: again, config: { state: 0, while: "index < 40", next: "{{ inner.state }}" }, body: { nodes: {
  inner: { type: again, config: { state: "{{ state }}", while: "index < 100", next: "{{ add.value }}" }, body: { nodes: {
    add: { type: compute, config: { value: "{{ state + 1 }}" } } } } } } } }
end: { type: compute, config: { value: "{{ outer.state }}" } }`,
    "start -> outer, outer -> end",
  );
  const { events, completions } = await runFlow(flow);
  expect(events.at(-2)).toMatchObject({ type: "step.completed", path: "end", output: { value: 4_000 } });
  expect(completions).toBe(4);
});

it("is given up in the middle of its rounds when it is cancelled, those that hadn't begun too", async () => {
  const flow = contractFlow(
    `each: { type: rounds, config: { items: start.value, concurrency: 100000 }, body: {
  nodes: { x: { type: compute } } } }`,
    "start -> each",
  );
  const { outcome, view } = await runFlow(flow, { input: items(3_000), cancelAt: 2 });
  expect(outcome.state).toBe("cancelled");
  expect(view.rounds["each"]?.count).toBe(2_000);
});

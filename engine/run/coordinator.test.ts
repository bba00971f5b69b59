import { expect, it } from "vitest";
import { contractFlow } from "./driver-contract.ts";
import { runFlow } from "./testing/run-flow.ts";

const statesOf = (view: { steps: Record<string, { state: string }> }) =>
  Object.fromEntries(Object.entries(view.steps).map(([path, { state }]) => [path, state]));

it("fails a node that names two of its steps alike, and nothing else", async () => {
  const flow = contractFlow(
    `a: { type: twice }\nb: { type: echo, config: { value: "{{ a.error.code }}" } }`,
    "start -> a, a.error -> b",
  );
  const { outcome, view } = await runFlow(flow);
  expect(outcome.state).toBe("succeeded");
  expect(view.steps["b"]?.output).toMatchObject({ value: "run.duplicate-step" });
});

it("begins with one trigger; the others count as skipped", async () => {
  const flow = contractFlow(
    `k: { type: knock }\nl: { type: knock }
a: { type: compute, config: { value: "{{ default(k.value, 'none') }}" } }
b: { type: compute, config: { value: "{{ default(l.value, 'none') }}" } }`,
    "k -> a, l -> b, start -> b",
  );
  const first = await runFlow(flow, { input: "x" });
  expect(statesOf(first.view)).toMatchObject({ k: "completed", l: "skipped", a: "completed", start: "completed" });
  const second = await runFlow(flow, { input: "x", trigger: "l" });
  expect(statesOf(second.view)).toMatchObject({ k: "skipped", l: "completed", a: "skipped" });
  expect(second.view.steps["b"]?.output).toMatchObject({ value: "x" });
});

it("runs until a node from the trigger that leads to it", async () => {
  const flow = contractFlow(
    `k: { type: knock }\nl: { type: knock }\na: { type: compute }\nb: { type: compute, config: { value: "{{ l.value }}" } }`,
    "k -> a, l -> b, start -> a",
  );
  const { outcome, view } = await runFlow(flow, { input: "x", debug: { until: "b" } });
  expect(outcome).toMatchObject({ state: "succeeded", output: { value: "x" } });
  expect(Object.keys(view.steps).toSorted()).toEqual(["b", "l"]);
});

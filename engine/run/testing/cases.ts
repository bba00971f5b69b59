import { expect } from "vitest";
import { executed, outputOf, statesOf, type ContractCase } from "./case.ts";
import { CONTAINER_CASES } from "./container-cases.ts";
import { DEBUG_CASES } from "./debug-cases.ts";
import { RECOVERY_CASES } from "./recovery-cases.ts";
import { WAITING_CASES } from "./waiting-cases.ts";

const GRAPH_CASES: readonly ContractCase[] = [
  {
    name: "a chain hands values on",
    nodes: `
      a: { type: echo, config: { value: "{{ start.value }}" } }
      b: { type: echo, config: { value: { from: "{{ a.value }}", text: "<{{ a.value }}>" } } }
      end: { type: reply, config: { text: "{{ b.value.text }}" } }`,
    edges: "start -> a, a -> b, b -> end",
    input: "hello",
    check(result) {
      expect(result.end).toMatchObject({ type: "run.completed", output: { text: "<hello>" } });
      expect(outputOf(result, "b")).toMatchObject({ value: { from: "hello", text: "<hello>" } });
      expect(result.end).toMatchObject({ usage: { inputTokens: 6, outputTokens: 4 } });
      expect(result.view.answer).toBe("<hello>");
    },
  },
  {
    name: "effects get a key and a seed that depend on the run and the step only",
    nodes: `
      a: { type: echo, config: { value: 1 } }
      b: { type: echo, config: { value: 1 } }`,
    edges: "start -> a, a -> b",
    check(result) {
      const [a, b] = ["a", "b"].map((key) => outputOf(result, key) as { seed: number; key: string });
      expect([a!.key, b!.key]).toEqual([`${result.view.runId}/a`, `${result.view.runId}/b`]);
      expect(a!.seed).not.toBe(b!.seed);
    },
  },
  {
    name: "branches run side by side and meet where all are over",
    nodes: `
      left: { type: echo, config: { value: L } }
      right: { type: echo, config: { value: R } }
      more: { type: echo, config: { value: "{{ right.value }}2" } }
      meet: { type: echo, config: { value: "{{ left.value }}{{ more.value }}" } }`,
    edges: "start -> left, start -> right, right -> more, left -> meet, more -> meet",
    check(result) {
      expect(outputOf(result, "meet")).toMatchObject({ value: "LR2" });
      expect(executed(result, "meet")).toHaveLength(1);
    },
  },
  {
    name: "the way not taken is skipped with all that hangs on it, and reads as null",
    nodes: `
      which: { type: gate, config: { port: left, ports: [left, right] } }
      left: { type: echo, config: { value: L } }
      right: { type: echo, config: { value: R } }
      after: { type: echo, config: { value: "{{ right.value }}" } }
      meet: { type: echo, config: { value: "{{ left.value }}|{{ after.value }}" } }`,
    edges: "start -> which, which.left -> left, which.right -> right, right -> after, left -> meet, after -> meet",
    check(result) {
      expect(statesOf(result)).toMatchObject({
        left: "completed",
        right: "skipped",
        after: "skipped",
        meet: "completed",
      });
      expect(outputOf(result, "meet")).toMatchObject({ value: "L|" });
    },
  },
  {
    name: "join any runs at the first and abandons what is not needed any more",
    nodes: `
      fast: { type: echo, config: { value: quick } }
      slow: { type: hang }
      later: { type: echo, config: { value: never } }
      first: { type: echo, join: any, config: { value: "{{ fast.value }}" } }`,
    edges: "start -> fast, start -> slow, slow -> later, fast -> first, later -> first",
    check(result) {
      expect(result.end.type).toBe("run.completed");
      expect(statesOf(result)).toMatchObject({ first: "completed", slow: "skipped", later: "skipped" });
      expect(executed(result, "first")).toHaveLength(1);
    },
  },
  {
    name: "a failed step is tried again after its backoff",
    nodes: `a: { type: flaky, retry: { times: 3, backoff: 1ms }, config: { failures: 2 } }`,
    edges: "start -> a",
    check(result) {
      expect(outputOf(result, "a")).toEqual({ text: "3" });
      const tries = result.events.filter((event) => event.type === "step.started" && event.path === "a");
      expect(tries.map((event) => event.type === "step.started" && event.attempt)).toEqual([1, 2, 3]);
      const waits = result.events.flatMap((event) =>
        event.type === "step.failed" ? [event.willRetryAt! - event.at] : [],
      );
      expect(waits).toEqual([1, 2]);
    },
  },
  {
    name: "a step that goes on failing fails the run, naming it; other branches are abandoned",
    nodes: `
      a: { type: flaky, retry: { times: 1, backoff: 1ms }, config: { failures: 5 } }
      other: { type: hang }`,
    edges: "start -> a, start -> other",
    check(result) {
      expect(result.end).toMatchObject({ type: "run.failed", node: "a", error: { code: "model.unreachable" } });
      expect(executed(result, "a")).toEqual([1, 2]);
    },
  },
  {
    name: "an error that no try can mend is not tried again",
    nodes: `a: { type: flaky, retry: { times: 3, backoff: 1ms }, config: { failures: 1, retryable: false } }`,
    edges: "start -> a",
    check(result) {
      expect(result.end).toMatchObject({ type: "run.failed", node: "a" });
      expect(executed(result, "a")).toEqual([1]);
    },
  },
  {
    name: "the error port is taken where an edge waits there",
    nodes: `
      a: { type: flaky, config: { failures: 9 } }
      fine: { type: echo, config: { value: fine } }
      rescue: { type: echo, config: { value: "{{ a.error.code }}/{{ a.text }}" } }`,
    edges: "start -> a, a -> fine, a.error -> rescue",
    check(result) {
      expect(result.end.type).toBe("run.completed");
      expect(statesOf(result)).toMatchObject({ a: "failed", fine: "skipped", rescue: "completed" });
      expect(outputOf(result, "rescue")).toMatchObject({ value: "model.unreachable/" });
    },
  },
  {
    name: "a fallback stands in for the output of a failed step",
    nodes: `
      a: { type: flaky, fallback: { text: plan B }, config: { failures: 9 } }
      b: { type: echo, config: { value: "{{ a.text }}" } }`,
    edges: "start -> a, a -> b",
    check(result) {
      expect(outputOf(result, "b")).toMatchObject({ value: "plan B" });
      expect(statesOf(result)).toMatchObject({ a: "completed" });
    },
  },
  {
    name: "a try that takes too long is aborted and fails",
    nodes: `
      a: { type: hang, timeout: 20ms }
      rescue: { type: echo, config: { value: "{{ a.error.code }}" } }`,
    edges: "start -> a, a.error -> rescue",
    check(result) {
      expect(outputOf(result, "rescue")).toMatchObject({ value: "run.timeout" });
      expect(result.notes).toContainEqual(expect.objectContaining({ what: "aborted", path: "a" }));
    },
  },
  {
    name: "a disabled step is passed through; remarks are no steps",
    nodes: `
      off: { type: echo, disabled: true, config: { value: never } }
      b: { type: echo, config: { value: "[{{ off.value }}]" } }
      note: { type: remark }`,
    edges: "start -> off, off -> b",
    check(result) {
      expect(statesOf(result)).toEqual({ start: "completed", off: "skipped", b: "completed" });
      expect(outputOf(result, "b")).toMatchObject({ value: "[]" });
    },
  },
  {
    name: "an expression that can't be evaluated fails its step alone",
    nodes: `
      a: { type: echo, config: { value: "{{ -start.value }}" } }
      rescue: { type: echo, config: { value: rescued } }`,
    edges: "start -> a, a.error -> rescue",
    input: "not a number",
    check(result) {
      expect(statesOf(result)).toMatchObject({ a: "failed", rescue: "completed" });
      expect(executed(result, "a")).toEqual([]);
    },
  },
  {
    name: "a node of several steps: each is recorded, tools are told, a failed one is thrown into it",
    nodes: `
      w: { type: work, config: { items: [x, y], text: "all done" } }
      end: { type: reply, config: { text: "It says: {{ w.text }}." } }`,
    edges: "start -> w, w -> end",
    check(result) {
      expect(outputOf(result, "w")).toEqual({
        text: "all done",
        results: ["thinking ", "X", "Y"],
        failure: "tool.failed",
      });
      expect(statesOf(result)).toMatchObject({
        "w/model 1": "completed",
        "w/look_up 1": "completed",
        "w/look_up 2": "completed",
        "w/fails": "failed",
        "w/model 2": "completed",
      });
      expect(result.view.steps["w/look_up 2"]?.tool).toEqual({
        server: "probe",
        name: "look_up",
        arguments: { item: "y" },
        result: "Y",
      });
      expect(result.end).toMatchObject({
        output: { text: "It says: all done." },
        usage: { inputTokens: 20, outputTokens: 2 },
      });
    },
  },
  {
    name: "several answers: their texts in the order of their keys, each by its key",
    nodes: `
      a: { type: speak, config: { text: one two } }
      b: { type: speak, config: { text: three } }
      x: { type: reply, config: { text: "A {{ a.text }}" } }
      y: { type: reply, config: { text: "B {{ b.text }}" } }`,
    edges: "start -> a, start -> b, b -> y, a -> x",
    check(result) {
      expect(result.end).toMatchObject({
        output: { text: "A one two\n\nB three", answers: { x: { text: "A one two" }, y: { text: "B three" } } },
      });
    },
  },
];

/** Runs that end by themselves, or by what is sent to them: each also runs with crashes where the driver is durable. */
export const CONTRACT_CASES: readonly ContractCase[] = [
  ...GRAPH_CASES,
  ...CONTAINER_CASES,
  ...RECOVERY_CASES,
  ...WAITING_CASES,
  ...DEBUG_CASES,
];

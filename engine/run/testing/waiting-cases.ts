import { expect } from "vitest";
import { count, executed, outputOf, statesOf, type ContractCase } from "./case.ts";

/** Waiting for a time, for somebody, for the first of several. */
export const WAITING_CASES: readonly ContractCase[] = [
  {
    name: "a run waits until somebody answers",
    nodes: `
      a: { type: ask, config: { title: "Is {{ start.value }} good?" } }
      b: { type: echo, config: { value: "{{ a.answer.choice }}" } }`,
    edges: "start -> a, a -> b",
    input: "tea",
    answers: { "a/answer": { choice: "yes", values: {} } },
    check(result) {
      expect(outputOf(result, "b")).toMatchObject({ value: "yes" });
      const wait = result.events.find((event) => event.type === "step.waiting");
      expect(wait).toMatchObject({ path: "a/answer", node: "a", wait: { kind: "task", title: "Is tea good?" } });
      expect(wait).not.toHaveProperty("until");
      expect([count(result, "run.waiting"), count(result, "run.resumed")]).toEqual([1, 1]);
    },
  },
  {
    name: "a wait has a deadline; who answers in time is before it",
    nodes: `
      a: { type: ask, config: { title: "?", within: 86400000 } }
      b: { type: echo, config: { value: "{{ a.answer }}" } }`,
    edges: "start -> a, a -> b",
    answers: { "a/answer": "in time" },
    check(result) {
      expect(outputOf(result, "b")).toMatchObject({ value: "in time" });
      const wait = result.events.find((event) => event.type === "step.waiting");
      expect(wait?.type === "step.waiting" && wait.until! - wait.at).toBe(86_400_000);
      expect(count(result, "run.waiting")).toBe(1);
      expect(statesOf(result)).toMatchObject({ "a/answer": "completed", "a/deadline": "skipped" });
    },
  },
  {
    name: "a wait that nobody answers in time is over, and the node goes its other way",
    nodes: `
      a: { type: ask, config: { title: "?", within: 5 } }
      b: { type: echo }
      c: { type: echo }`,
    edges: "start -> a, a -> b, a.late -> c",
    check(result) {
      expect(statesOf(result)).toMatchObject({ "a/answer": "skipped", b: "skipped", c: "completed" });
    },
  },
  {
    name: "a pause that people see ends by itself; while something else works the run isn’t waiting",
    nodes: `
      a: { type: rest, config: { ms: 5 } }
      b: { type: echo, config: { value: "{{ a.value }}" } }`,
    edges: "start -> a, a -> b",
    check(result) {
      expect(outputOf(result, "b")).toMatchObject({ value: "rested" });
      expect(statesOf(result)).toMatchObject({ "a/pause": "completed" });
      expect(count(result, "run.waiting")).toBe(1);
    },
  },
  {
    name: "of operations that race the first wins, and the others are given up",
    leavesInFlight: true,
    nodes: `
      a: { type: rivals }
      b: { type: echo, config: { value: "{{ a.index }} {{ a.value }}" } }`,
    edges: "start -> a, a -> b",
    check(result) {
      expect(outputOf(result, "b")).toMatchObject({ value: "1 quick" });
      expect(statesOf(result)).toMatchObject({ "a/slow": "skipped", "a/fast": "completed" });
    },
  },
  {
    name: "rounds that wait, each answered on its own",
    nodes: `
      each: { type: rounds, config: { items: "['x', 'y']", collect: "{{ a.answer }}" },
        body: { nodes: { a: { type: ask, config: { title: "{{ item }}" } } } } }
      b: { type: echo, config: { value: "{{ each.items.join('+') }}" } }`,
    edges: "start -> each, each -> b",
    answers: { "each[0]/a/answer": "first", "each[1]/a/answer": "second" },
    check: (result) => expect(outputOf(result, "b")).toMatchObject({ value: "first+second" }),
  },
  {
    name: "a run that waits is cancelled",
    nodes: `
      a: { type: ask, config: { title: "?" } }
      b: { type: echo }`,
    edges: "start -> a, a -> b",
    cancelAt: { type: "run.waiting" },
    check(result) {
      expect(result.end.type).toBe("run.cancelled");
      expect(executed(result, "b")).toEqual([]);
    },
  },
];

import { expect } from "vitest";
import { completedIn, executed, outputOf, statesOf, type ContractCase } from "./case.ts";

const chain = `
      a: { type: echo, config: { value: A } }
      b: { type: echo, config: { value: "{{ a.value }}B" } }
      c: { type: echo, config: { value: "{{ b.value }}C" } }
      beside: { type: echo }`;
const edges = "start -> a, a -> b, b -> c, start -> beside";

/** What a developer asks of a run. */
export const DEBUG_CASES: readonly ContractCase[] = [
  {
    name: "until a node: only what leads to it runs, and its output is the run’s",
    nodes: chain,
    edges,
    debug: { until: "b" },
    check(result) {
      expect(statesOf(result)).toEqual({ start: "completed", a: "completed", b: "completed" });
      expect(result.end).toMatchObject({ type: "run.completed", output: { value: "AB" } });
    },
  },
  {
    name: "until a node in a body: the run ends when it ended for the first time",
    nodes: `
      a: { type: echo }
      each: { type: rounds, config: { items: "[1, 2, 3]", concurrency: 1 }, body: {
        nodes: { x: { type: echo, config: { value: "{{ item }}" } }, y: { type: echo, config: { value: "{{ x.value }}!" } }, z: { type: echo } },
        edges: [x -> y, y -> z] } }
      after: { type: echo }`,
    edges: "start -> a, a -> each, each -> after",
    debug: { until: "y" },
    check(result) {
      expect(completedIn(result)).toEqual(["start", "a", "each[0]/x", "each[0]/y"]);
      expect(result.end).toMatchObject({ type: "run.completed", output: { value: "1!" } });
    },
  },
  {
    name: "given results stand instead of running the steps",
    nodes: chain,
    edges,
    debug: { given: { a: { output: { value: "given" }, from: "pinned" }, beside: { output: null, from: "recorded" } } },
    check(result) {
      expect(outputOf(result, "c")).toMatchObject({ value: "givenBC" });
      expect([executed(result, "a"), executed(result, "beside")]).toEqual([[], []]);
      const given = result.events.flatMap((event) => (event.type === "step.completed" && event.given ? [event] : []));
      expect(given.map(({ path, given: from }) => [path, from])).toEqual([
        ["a", "pinned"],
        ["beside", "recorded"],
      ]);
    },
  },
  {
    name: "given results for one round, or for every round",
    nodes: `
      each: { type: rounds, config: { items: "[1, 2]", collect: "{{ x.value }}{{ y.value }}" }, body: {
        nodes: { x: { type: echo, config: { value: "{{ item }}" } }, y: { type: echo, config: { value: "{{ item }}" } } } } }`,
    edges: "start -> each",
    debug: {
      given: {
        "each[*]/x": { output: { value: "X" }, from: "pinned" },
        "each[1]/y": { output: { value: "Y" }, from: "pinned" },
      },
    },
    check: (result) => expect(outputOf(result, "each")).toMatchObject({ items: ["X1", "XY"] }),
  },
  {
    name: "the run waits before a breakpoint until somebody lets it go on",
    nodes: chain,
    edges: "start -> a, a -> b, b -> c, c -> beside",
    debug: { breakpoints: ["b"] },
    answers: { "b/breakpoint": { stepping: true }, "c/breakpoint": { stepping: false } },
    check(result) {
      expect(result.end.type).toBe("run.completed");
      const waits = result.events.flatMap((event) => (event.type === "step.waiting" ? [event.path] : []));
      expect(waits).toEqual(["b/breakpoint", "c/breakpoint"]);
    },
  },
  {
    name: "stepping waits before every node, in rounds too",
    nodes: `
      l: { type: again, config: { state: null, while: "index < 2" }, body: { nodes: { x: { type: echo } } } }`,
    edges: "start -> l",
    debug: { stepping: true },
    answers: Object.fromEntries(
      ["start", "l", "l[0]/x", "l[1]/x"].map((path) => [`${path}/breakpoint`, { stepping: true }]),
    ),
    check(result) {
      expect(result.end.type).toBe("run.completed");
      expect(result.events.filter((event) => event.type === "run.waiting")).toHaveLength(4);
    },
  },
];

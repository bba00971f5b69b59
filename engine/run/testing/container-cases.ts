import { expect } from "vitest";
import { executed, outputOf, statesOf, type ContractCase } from "./case.ts";

/** Bodies, loops and flows within flows. */
export const CONTAINER_CASES: readonly ContractCase[] = [
  {
    name: "a body runs once for each item, side by side, and what is kept stays in the order of the items",
    nodes: `
      each: { type: rounds, config: { items: "[3, 1, 2]", collect: "{{ index }}:{{ twice.value }}{{ start.value }}" },
        body: { nodes: { twice: { type: echo, config: { value: "{{ item * 2 }}" } } } } }
      end: { type: reply, config: { text: "{{ each.items.join(' ') }}" } }`,
    edges: "start -> each, each -> end",
    input: "!",
    check(result) {
      expect(result.end).toMatchObject({ output: { text: "0:6! 1:2! 2:4!" }, usage: { inputTokens: 9 } });
      expect(outputOf(result, "each[1]/twice")).toMatchObject({ value: 2, key: `${result.view.runId}/each[1]/twice` });
      expect(result.events.find((event) => "path" in event && event.path === "each[1]/twice")).toMatchObject({
        node: "twice",
      });
    },
  },
  {
    name: "a round has its own ways: switches, skipped steps, joins",
    nodes: `
      each: { type: rounds, config: { items: "['left', 'right']", collect: "{{ meet.value }}" },
        body: { nodes: {
          which: { type: gate, config: { port: "{{ item }}", ports: [left, right] } },
          l: { type: echo, config: { value: L } },
          r: { type: compute, config: { value: R } },
          meet: { type: compute, config: { value: "{{ l.value }}|{{ r.value }}" } } },
          edges: [which.left -> l, which.right -> r, l -> meet, r -> meet] } }`,
    edges: "start -> each",
    check(result) {
      expect(outputOf(result, "each")).toMatchObject({ items: ["L|", "|R"], failed: [] });
      expect(statesOf(result)).toMatchObject({ "each[0]/r": "skipped", "each[1]/l": "skipped" });
    },
  },
  {
    name: "a loop hands its state from round to round while a condition holds",
    nodes: `
      l: { type: again, config: { state: 1, while: "state < 20 && index < 9", next: "{{ more.value }}" },
        body: { nodes: { more: { type: echo, config: { value: "{{ state * 3 }}" } } } } }
      b: { type: compute, config: { value: "{{ l.state }} in {{ l.rounds }}" } }`,
    edges: "start -> l, l -> b",
    check(result) {
      expect(outputOf(result, "b")).toEqual({ value: "27 in 3" });
      expect(executed(result, "l[2]/more")).toEqual([1]);
    },
  },
  {
    name: "bodies in bodies see the steps and the names around them, the inner ones first",
    nodes: `
      outer: { type: rounds, config: { items: "['a', 'b']", collect: "{{ inner.items }}" },
        body: { nodes: {
          head: { type: echo, config: { value: "{{ item }}!" } },
          inner: { type: rounds, config: { items: "[1, 2]", collect: "{{ cell.value }}" },
            body: { nodes: { cell: { type: echo, config: { value: "{{ head.value }}{{ item }}{{ start.value }}" } } } } } },
          edges: [head -> inner] } }`,
    edges: "start -> outer",
    input: "?",
    check(result) {
      expect(outputOf(result, "outer")).toMatchObject({
        items: [
          ["a!1?", "a!2?"],
          ["b!1?", "b!2?"],
        ],
      });
      expect(executed(result, "outer[1]/inner[0]/cell")).toEqual([1]);
    },
  },
  {
    name: "a failed round fails its container, and nothing of the other rounds is left running",
    nodes: `
      each: { type: rounds, config: { items: "[0, 9]" }, body: { nodes: {
        a: { type: gate, config: { port: "{{ item == 9 ? 'bad' : 'good' }}", ports: [good, bad] } },
        fine: { type: echo },
        boom: { type: flaky, config: { failures: 9 } },
        beside: { type: hang } },
        edges: [a.good -> fine, a.bad -> boom, a.bad -> beside] } }
      rescue: { type: echo, config: { value: "{{ each.error.code }}" } }`,
    edges: "start -> each, each.error -> rescue",
    check(result) {
      expect(outputOf(result, "rescue")).toMatchObject({ value: "model.unreachable" });
      expect(statesOf(result)).toMatchObject({
        each: "failed",
        "each[0]/fine": "completed",
        "each[1]/boom": "failed",
        "each[1]/beside": "skipped",
      });
    },
  },
  {
    name: "rounds that fail are listed where the container goes on",
    nodes: `
      each: { type: rounds, config: { items: "[0, 9, 0]", settle: true, collect: "{{ a.port }}" },
        body: { nodes: { a: { type: gate, config: { port: "{{ item == 9 ? 'bad' : 'good' }}", ports: [good, bad] } },
          b: { type: flaky, config: { failures: 9 } }, fine: { type: compute } }, edges: [a.bad -> b, a.good -> fine] } }`,
    edges: "start -> each",
    check(result) {
      expect(outputOf(result, "each")).toMatchObject({ failed: [{ index: 1, code: "model.unreachable" }] });
      expect(result.end.type).toBe("run.completed");
    },
  },
  {
    name: "variables are set and read, in bodies too",
    nodes: `
      set: { type: put, config: { values: { n: 1, kept: yes } } }
      l: { type: again, config: { state: null, while: "index < 3" },
        body: { nodes: { add: { type: put, config: { values: { n: "{{ vars.n * 2 }}" } } } } } }
      b: { type: echo, config: { value: "{{ vars.n }} {{ vars.kept }}" } }`,
    edges: "start -> set, set -> l, l -> b",
    check: (result) => expect(outputOf(result, "b")).toMatchObject({ value: "8 yes" }),
  },
  {
    name: "a flow within the flow: its steps are told as the calling step’s, its answer is what the step says",
    nodes: `
      c: { type: call, config: { flow: inner, input: "{{ start.value }}" } }
      end: { type: reply, config: { text: "<{{ c.text }}>" } }`,
    edges: "start -> c, c -> end",
    input: "in",
    flows: {
      inner: {
        nodes: `
          a: { type: speak, config: { text: "one {{ start.value }} two" } }
          say: { type: reply, config: { text: "Inner {{ a.text }}" } }`,
        edges: "start -> a, a -> say",
      },
    },
    check(result) {
      expect(result.end).toMatchObject({ output: { text: "<Inner one in two>" } });
      expect(executed(result, "c/a")).toEqual([1]);
      expect(outputOf(result, "c")).toEqual({ text: "Inner one in two" });
      const inner = result.events.filter((event) => "path" in event && event.path?.startsWith("c/"));
      expect(new Set(inner.map((event) => "node" in event && event.node))).toEqual(new Set(["c"]));
    },
  },
  {
    name: "a flow within the flow that fails fails its step",
    nodes: `
      c: { type: call, config: { flow: inner } }
      b: { type: echo, config: { value: "{{ c.error.code }}" } }`,
    edges: "start -> c, c.error -> b",
    flows: { inner: { nodes: "boom: { type: flaky, config: { failures: 9 } }", edges: "start -> boom" } },
    check(result) {
      expect(outputOf(result, "b")).toMatchObject({ value: "model.unreachable" });
      expect(statesOf(result)).toMatchObject({ "c/boom": "failed", c: "failed" });
    },
  },
  {
    name: "answers given in rounds: texts in the order of the rounds, whichever ends first",
    nodes: `
      each: { type: rounds, config: { items: "['x', 'y', 'z']", concurrency: 2 }, body: { nodes: {
        a: { type: speak, config: { text: "{{ item }} and more" } },
        say: { type: reply, config: { text: "({{ a.text }})" } } }, edges: [a -> say] } }
      z: { type: reply, config: { text: "end" } }`,
    edges: "start -> each, each -> z",
    check(result) {
      expect(result.end).toMatchObject({
        output: {
          text: "(x and more)\n\n(y and more)\n\n(z and more)\n\nend",
          answers: { "each[1]/say": { text: "(y and more)" }, z: { text: "end" } },
        },
      });
    },
  },
];

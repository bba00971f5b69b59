import { describe, expect, it } from "vitest";
import { analyzeFlow } from "./analyze.ts";
import { applyCommand } from "./apply.ts";
import type { FlowCommand } from "./commands.ts";
import { flowMeaning, flowToJson } from "./meaning.ts";
import { readFlow } from "./read.ts";
import { testTypes } from "./testing/node-types.ts";
import { ORDERS } from "./testing/orders.ts";
import { rewriteFlow, writeFlow } from "./write.ts";

const source = readFlow(ORDERS);
const apply = (command: FlowCommand, text = ORDERS): string => {
  const before = readFlow(text);
  return writeFlow(before, applyCommand(before.flow, command, testTypes).flow);
};

/** Lines that one text has and the other hasn't, in order. */
function difference(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}
const places = (text: string): string[] =>
  readFlow(text).problems.map(({ code, line, column }) => `${code}@${line}:${column}`);

describe("reading bodies", () => {
  it("lays them out flat, containers before what they hold", () => {
    const { flow } = source;
    expect(Object.keys(flow.nodes)).toEqual([
      "start",
      "each_order",
      "charge",
      "retry_charge",
      "second",
      "notify",
      "shop",
      "reply",
    ]);
    expect(flow.parents).toEqual({
      charge: "each_order",
      retry_charge: "each_order",
      notify: "each_order",
      second: "retry_charge",
    });
    expect(flow.nodes["each_order"]).not.toHaveProperty("body");
    expect(flow.edges).toContainEqual({ from: "charge", port: "out", to: "retry_charge" });
    expect(flow.bindings).toEqual([{ from: "shop", to: "notify", slot: "tools" }]);
  });

  it("tells what it can't read, with its place, and keeps it when other things change", () => {
    expect(places(ORDERS)).toEqual(["flow.body-unknown-key@14:7", "flow.bad-edge@29:11", "flow.stray-wire@31:11"]);
    const after = apply({ do: "node.configure", key: "charge", path: ["title"], value: "Charge" });
    expect(difference(ORDERS, after)).toEqual({ gone: [], come: ["          title: Charge"] });
  });

  it("reads the same from JSON", () => {
    const json = JSON.stringify(flowToJson(source.flow), null, 2);
    expect(readFlow(json).flow).toEqual({ ...source.flow });
    expect(readFlow(json).problems).toEqual([]);
    const after = apply({ do: "node.configure", key: "second", path: ["config", "prompt"], value: "again" }, json);
    expect(difference(json, after).come).toEqual([expect.stringContaining('"prompt": "again"')]);
  });

  it("knows where in the text a problem inside a body stands", () => {
    const broken = ORDERS.replace("{{ item.id }} of", "{{ item.idd }} of");
    const found = analyzeFlow(readFlow(broken), testTypes).problems.find(({ node }) => node === "charge")!;
    expect(broken.split("\n")[found.line! - 1]!.slice(found.column! - 1)).toMatch(/^idd }}/);
  });

  it.each([
    ["a body that is a word", "body: all", "flow.node-body@5:31"],
    ["steps as a list", "body: { nodes: [a] }", "flow.not-a-map@5:40"],
    ["edges as a map", "body: { edges: { a: b } }", "flow.not-a-list@5:40"],
    ["a step that is a number", "body: { nodes: { x: 5 } }", "flow.node-shape@5:42"],
    ["a bad key", "body: { nodes: { My Step: { type: write } } }", "flow.bad-key@5:42"],
  ])("tells of %s", (_, body, expected) => {
    expect(places(`heddle: 1\nname: X\nnodes:\n  start: { type: start }\n  each: { type: repeat, ${body} }\n`)).toEqual(
      [expected],
    );
  });
});

describe("a key that stands twice", () => {
  const TWICE = `heddle: 1
name: X
nodes:
  start: { type: start }
  charge: { type: write, config: { prompt: "{{ start.message }}" } }
  each: # all of them
    type: repeat
    body:
      nodes:
        charge: { type: write, config: { prompt: inner } }   # the other one
        tell: { type: write, config: { prompt: "{{ charge.text }}" } }
      edges:
        - charge -> tell # inside
edges:
  - start -> charge
  - charge -> each
`;

  it("is told with its place; the outer step keeps it, and inside it means the inner one", () => {
    const { flow, problems } = readFlow(TWICE);
    expect(problems).toMatchObject([{ code: "flow.repeated-step", line: 10, column: 9, node: "charge_2" }]);
    expect(flow.nodes["charge_2"]!.config).toEqual({ prompt: "inner" });
    expect(flow.nodes["tell"]!.config).toEqual({ prompt: "{{ charge_2.text }}" });
    expect(flow.edges).toContainEqual({ from: "charge_2", port: "out", to: "tell" });
    expect(flow.edges).toContainEqual({ from: "start", port: "out", to: "charge" });
  });

  it("is put right by its fix, in its lines only", () => {
    const [found] = readFlow(TWICE).problems;
    const after = apply(found!.fixes[0]!.command, TWICE);
    expect(difference(TWICE, after).come).toEqual([
      "        each_charge: { type: write, config: { prompt: inner } }   # the other one",
      '        tell: { type: write, config: { prompt: "{{ each_charge.text }}" } }',
      "        - each_charge -> tell # inside",
    ]);
    expect(readFlow(after).problems).toEqual([]);
  });

  it("loses nothing when something else is changed", () => {
    const text = TWICE;
    const before = readFlow(text);
    expect(writeFlow(before, structuredClone(before.flow))).toBe(text);
    const after = apply({ do: "node.configure", key: "start", path: ["title"], value: "Go" }, text);
    expect(after).toContain("config: { prompt: inner } }   # the other one");
    expect(readFlow(after).flow.nodes).toHaveProperty("tell");
  });
});

describe("writing bodies", () => {
  it("changes the lines of what changed, at any depth", () => {
    const deep = apply({ do: "node.configure", key: "second", path: ["config", "prompt"], value: "x" });
    expect(difference(ORDERS, deep).come).toEqual([
      '          body: { nodes: { second: { type: write, config: { prompt: "x" } } }, edges: [] }',
    ]);
    const edge = apply({ do: "edge.disconnect", edge: { from: "charge", port: "out", to: "retry_charge" } });
    expect(difference(ORDERS, edge)).toEqual({ gone: ["        - charge -> retry_charge   # then again"], come: [] });
  });

  it("renames a step inside and everything that refers to it", () => {
    const after = apply({ do: "node.rename", from: "charge", to: "pay" });
    expect(after).toBe(ORDERS.replaceAll("charge.text", "pay.text").replaceAll(/(?<!_)charge(?=:| ->)/g, "pay"));
  });

  it("renames a container with its body", () => {
    const after = apply({ do: "node.rename", from: "each_order", to: "every" });
    expect(after).toBe(ORDERS.replaceAll("each_order", "every"));
  });

  it("makes a body where a container has none yet", () => {
    const text = "heddle: 1\nname: X\nnodes:\n  all:\n    type: repeat\n    config: { items: '[1]' }\n";
    const after = apply(
      {
        do: "batch",
        commands: [
          { do: "node.add", key: "a", node: { type: "write" }, parent: "all" },
          { do: "node.add", key: "b", node: { type: "write", config: { prompt: "hi" } }, parent: "all" },
          { do: "edge.connect", edge: { from: "a", port: "out", to: "b" } },
        ],
      },
      text,
    );
    const body = "    body:\n      nodes:\n        a:\n          type: write\n        b:\n          type: write\n";
    expect(after).toBe(`${text}${body}          config:\n            prompt: hi\n      edges:\n        - a -> b\n`);
  });

  it("moves a step out with what it said, and back", () => {
    const out = apply({ do: "node.reparent", key: "notify", parent: null });
    const { flow } = readFlow(out);
    expect(flow.parents).not.toHaveProperty("notify");
    expect(Object.keys(flow.nodes).at(-1)).toBe("notify");
    expect(flow.edges.filter(({ to }) => to === "notify")).toEqual([]);
    expect(out).toContain("        - what is this?\n");
    expect(out).toContain('  notify:\n    type: agent\n    config:\n      message: "{{ charge.text }}"\n');
  });

  it("removes a container with its body; undo brings all of it back", () => {
    const { flow, inverse } = applyCommand(source.flow, { do: "node.remove", key: "each_order" });
    expect(Object.keys(flow.nodes)).toEqual(["start", "shop", "reply"]);
    expect(flow.parents).toEqual({});
    const written = rewriteFlow(source, flow);
    expect(applyCommand(written.flow, inverse).flow).toEqual(source.flow);
  });

  it("keeps a body's text that says more than the flow when its last step goes", () => {
    const text =
      "heddle: 1\nname: X\nnodes:\n  all:\n    type: repeat\n    body:\n      owner: me\n      nodes:\n        a: { type: write }\n";
    expect(apply({ do: "node.remove", key: "a" }, text)).toContain("      owner: me\n");
    expect(apply({ do: "node.remove", key: "a" }, text.replace("      owner: me\n", ""))).not.toContain("body");
  });

  it("moves a line that stands on the wrong level when the flow changes", () => {
    const text =
      "heddle: 1\nname: X\nnodes:\n  all:\n    type: repeat\n    body:\n      nodes:\n        a: { type: write }\n      edges: [b -> c]\n  b: { type: write }\n  c: { type: write }\n";
    const before = readFlow(text);
    expect(before.problems).toMatchObject([{ code: "flow.misplaced-wire", line: 9, column: 15 }]);
    const after = apply({ do: "node.configure", key: "a", path: ["title"], value: "A" }, text);
    expect(readFlow(after)).toMatchObject({ problems: [], flow: { edges: [{ from: "b", to: "c" }] } });
  });
});

describe("commands on bodies", () => {
  it("refuse to put a container into itself, and a step into one that isn't there", () => {
    const move = (key: string, parent: string) => () => applyCommand(source.flow, { do: "node.reparent", key, parent });
    expect(move("each_order", "retry_charge")).toThrow(expect.objectContaining({ code: "flow.into-itself" }) as Error);
    expect(move("charge", "nobody")).toThrow(expect.objectContaining({ code: "flow.no-such-node" }) as Error);
  });

  it("cut what would cross a border, and only that", () => {
    const { flow } = applyCommand(source.flow, { do: "node.reparent", key: "retry_charge", parent: null });
    expect(flow.edges).toEqual([
      { from: "start", port: "out", to: "each_order" },
      { from: "each_order", port: "out", to: "reply" },
    ]);
    expect(flow.parents["second"]).toBe("retry_charge");
    const shop = applyCommand(source.flow, { do: "node.reparent", key: "shop", parent: "retry_charge" }).flow;
    expect(shop.bindings).toEqual([]);
    const within = applyCommand(source.flow, { do: "node.reparent", key: "shop", parent: "each_order" }).flow;
    expect(within.bindings).toHaveLength(1);
  });

  it("put a step at its place among its siblings", () => {
    const { flow } = applyCommand(source.flow, {
      do: "node.add",
      key: "first",
      node: { type: "write" },
      parent: "each_order",
      index: 1,
    });
    expect(Object.keys(flow.nodes).indexOf("first")).toBe(Object.keys(flow.nodes).indexOf("charge") + 1);
  });
});

it("means the same wherever its positions and comments are, and nests in what is hashed", () => {
  const meaning = flowMeaning(source.flow) as { nodes: { each_order: { body: { edges: string[] } } }; edges: string[] };
  expect(meaning.edges).toEqual(["each_order -> reply", "start -> each_order"]);
  expect(meaning.nodes.each_order.body.edges).toEqual(["charge -> retry_charge", "retry_charge -> notify"]);
  expect(flowMeaning(readFlow(JSON.stringify({ heddle: 1, ...meaning })).flow)).toEqual(meaning);
});

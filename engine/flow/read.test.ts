import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isErrorCode } from "../lib/errors/catalog.ts";
import { newFlowText } from "./text/fresh.ts";
import { readFlow } from "./read.ts";
import { TRIAGE } from "./testing/triage.ts";

const HEAD = "heddle: 1\nname: X\n";
/** Each problem as `code@line:column`. */
const problems = (text: string): string[] =>
  readFlow(text).problems.map(({ code, line, column }) => `${code}@${line}:${column}`);

describe("reading a flow file", () => {
  it("takes edges and bindings apart and keeps what it doesn't know", () => {
    const { flow } = readFlow(TRIAGE);
    expect(flow).toMatchObject({ name: "Triage", description: "Sorts a ticket.", extra: { owner: "support team" } });
    expect(flow.edges).toContainEqual({ from: "route", port: "billing", to: "agent" });
    expect(flow.edges).toContainEqual({ from: "start", port: "out", to: "triage" });
    expect(flow.bindings).toEqual([{ from: "shop", to: "agent", slot: "tools" }]);
    expect(flow.nodes["triage"]).toHaveProperty("color", "red");
    expect(flow.layout["triage"]).toEqual([280, -10]);
  });

  it("reads JSON as the same flow", () => {
    const json = { heddle: 1, name: "J", nodes: { a: { type: "write" } }, edges: ["a -> a"], layout: { a: [1, 2] } };
    const yaml = "heddle: 1\nname: J\nnodes:\n  a: { type: write }\nedges:\n  - a -> a\nlayout:\n  a: [1, 2]\n";
    expect(readFlow(JSON.stringify(json, null, 2))).toMatchObject({ flow: readFlow(yaml).flow, problems: [] });
  });

  it("shows a new flow without a problem", () => {
    const { flow, problems: found } = readFlow(newFlowText("Tickets: all of them"));
    expect(found).toEqual([]);
    expect(flow.name).toBe("Tickets: all of them");
  });

  it.each<[string, string, string[]]>([
    ["a syntax error", "heddle: 1\nname: X\nnodes:\n  a: { type: [write\n", ["flow.syntax@5:1"]],
    ["a tab for indentation", `${HEAD}nodes:\n\ta: 1\n`, ["flow.syntax@4:1"]],
    ["an empty file", "", ["flow.not-a-flow@1:1"]],
    ["a list", "- 1\n", ["flow.not-a-flow@1:1"]],
    ["no version", "name: X\n", ["flow.no-version@1:1"]],
    ["a version that isn't a number", "heddle: one\nname: X\n", ["flow.no-version@1:9"]],
    ["no name", "heddle: 1\n", ["flow.no-name@1:1"]],
    ["a key that stands twice", `${HEAD}nodes: {}\nnodes: {}\n`, ["flow.repeated-key@4:1"]],
    ["a step that stands twice", `${HEAD}nodes:\n  a: { type: w }\n  a: { type: w }\n`, ["flow.repeated-key@5:3"]],
    [
      "a setting that stands twice",
      `${HEAD}nodes:\n  a:\n    type: w\n    config:\n      x: 1\n      x: 2\n`,
      ["flow.repeated-key@8:7"],
    ],
    ["a misspelt section", `${HEAD}edgse: []\n`, ["flow.unknown-key-near@3:1"]],
    ["an unknown section", `${HEAD}owner: me\n`, ["flow.unknown-key@3:1"]],
    ["steps as a list", `${HEAD}nodes:\n  - a\n`, ["flow.not-a-map@4:3"]],
    ["edges as a map", `${HEAD}edges:\n  a: b\n`, ["flow.not-a-list@4:3"]],
    ["an edge that says nothing", `${HEAD}edges:\n  - a b\n  - 5\n`, ["flow.bad-edge@4:5", "flow.bad-edge@5:5"]],
    ["an edge with a slot", `${HEAD}edges: [a -> b.tools]\n`, ["flow.bad-edge@3:9"]],
    ["a binding without a slot", `${HEAD}bindings: [a -> b]\n`, ["flow.bad-binding@3:12"]],
    ["an edge that stands twice", `${HEAD}edges: [a -> b, a.out -> b]\n`, ["flow.repeated-wire@3:17"]],
    ["a step that is a number", `${HEAD}nodes:\n  a: 5\n`, ["flow.node-shape@4:3"]],
    ["a step without a type", `${HEAD}nodes:\n  a: { title: A }\n`, ["flow.no-type@4:6"]],
    ["a title that is a list", `${HEAD}nodes:\n  a: { type: w, title: [] }\n`, ["flow.node-text@4:24"]],
    ["a retry that is a word", `${HEAD}nodes:\n  a: { type: w, retry: often }\n`, ["flow.node-retry@4:24"]],
    ["a time without a unit", `${HEAD}nodes:\n  a: { type: w, timeout: soon }\n`, ["flow.node-timeout@4:26"]],
    ["a key with blanks", `${HEAD}nodes:\n  My Step: { type: w }\n`, ["flow.bad-key@4:3"]],
    ["a reserved word as a key", `${HEAD}nodes:\n  loop: { type: w }\n`, ["flow.bad-key@4:3"]],
    ["a position that is none", `${HEAD}layout:\n  a: here\n`, ["flow.bad-position@4:6"]],
  ])("tells where there is %s", (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it("shows the rest when one step is broken", () => {
    const { flow } = readFlow(
      `${HEAD}nodes:\n  a: 5\n  b: { type: write, retry: often }\n  c: { type: sort }\nedges: [b -> c]\n`,
    );
    expect(flow.nodes).toEqual({ a: { type: "" }, b: { type: "write" }, c: { type: "sort" } });
    expect(flow.edges).toHaveLength(1);
  });

  it("shows what stands before a syntax error", () => {
    const { flow } = readFlow(`${HEAD}nodes:\n  a: { type: write }\nedges:\n  - "a -> b\n`);
    expect(flow.nodes).toEqual({ a: { type: "write" } });
  });

  it("opens a newer version for reading only", () => {
    const source = readFlow("heddle: 7\nname: New\nnodes:\n  a: { type: write }\nportals: 3\n");
    expect(source.readOnly).toBe("newer-version");
    expect(source.problems.map((problem) => problem.code)).toContain("flow.newer-version");
    expect(source.flow.nodes).toHaveProperty("a");
  });

  it("offers a key that would do", () => {
    const [found] = readFlow(`${HEAD}nodes:\n  My Step: { type: w }\n`).problems;
    expect(found!.fixes).toMatchObject([{ command: { do: "node.rename", from: "My Step", to: "my_step" } }]);
  });

  it("follows aliases, and doesn't follow them for ever", () => {
    const text = `${HEAD}nodes:\n  a: &a { type: write, config: { x: 1 } }\n  b: *a\n  c: &c { type: w, config: { c: *c } }\n`;
    expect(readFlow(text).flow.nodes["b"]).toEqual({ type: "write", config: { x: 1 } });
    expect(readFlow(text).flow.nodes).toHaveProperty("c");
  });

  it("doesn't let a file grow without bounds by aliases of aliases", () => {
    const lines = Array.from({ length: 30 }, (_, n) => `  l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}]`);
    const started = performance.now();
    readFlow(`${HEAD}x:\n  l0: &l0 [1]\n${lines.join("\n")}\n`);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("never throws, whatever the bytes, and only finds problems that have sentences", () => {
    const scraps = fc.constantFrom(
      "heddle: 1\n",
      "nodes:\n",
      "  a:\n",
      "    type: x\n",
      "edges:\n",
      "- ",
      "{",
      "}",
      "[",
      "]",
      ": ",
      "&a ",
      "*a",
      "|\n",
      '"',
      "\t",
      "? ",
      "<<: *a\n",
      "---\n",
      "!!set ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), scraps)), (pieces) => {
        for (const found of readFlow(pieces.join("")).problems) expect(isErrorCode(found.code)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../lib/text.ts";
import { analyzeFlow } from "./analyze.ts";
import { applyCommand } from "./apply.ts";
import { problemMessage, type Problem } from "./problem.ts";
import { readFlow } from "./read.ts";
import { testTypes } from "./testing/node-types.ts";
import { TRIAGE } from "./testing/triage.ts";

const analyze = (text: string) => analyzeFlow(readFlow(text), testTypes);

/** A flow of `key: type` or `key: { … }` entries and edges, one line each. */
function flow(nodes: Record<string, string>, wires: string[], bindings: string[] = []): string {
  const entries = Object.entries(nodes).map(
    ([key, node]) => `  ${key}: ${node.startsWith("{") ? node : `{ type: ${node} }`}`,
  );
  const list = (name: string, items: string[]): string[] =>
    items.length > 0 ? [`${name}:`, ...items.map((item) => `  - ${item}`)] : [];
  return [
    "heddle: 1",
    "name: X",
    "nodes:",
    ...entries,
    ...list("edges", wires),
    ...list("bindings", bindings),
    "",
  ].join("\n");
}

const write = (prompt: string): string => `{ type: write, config: { prompt: '${prompt.replaceAll("'", "''")}' } }`;
const codes = (text: string): string[] => analyze(text).problems.map((problem) => problem.code);

/** The text after the first fix of the first problem with this code. */
function fixed(text: string, code: string): string[] {
  const found = analyze(text).problems.find((problem) => problem.code === code)!;
  const source = readFlow(text);
  const after = applyCommand(source.flow, found.fixes[0]!.command, testTypes).flow;
  return analyzeFlow({ flow: after, problems: [] }, testTypes).problems.map((problem) => problem.code);
}

describe("analysing a flow", () => {
  it("tells what each node looks like, may refer to and does refer to", () => {
    const { nodes, input, problems } = analyze(TRIAGE);
    expect(problems.map((problem) => problem.code)).toEqual(["flow.bad-edge", "flow.unknown-key"]);
    expect(nodes["route"]!.ports.map((port) => port.id)).toEqual(["billing", "else"]);
    expect(nodes["reply"]!.scope).toEqual(["route", "agent", "triage", "start"]);
    expect(nodes["reply"]!.uses).toEqual(["agent", "start"]);
    expect(nodes["agent"]!.uses).toEqual(["triage", "start"]);
    expect(input.properties).toHaveProperty("customer");
  });

  it("still shows everything when types are unknown", () => {
    const { nodes } = analyze(flow({ start: "start", a: "quantum" }, ["start -> a"]));
    expect(nodes["a"]).toMatchObject({ role: "step", hasInput: true, ports: [{ id: "out" }] });
  });

  it.each<[string, string, string[]]>([
    ["an unknown type", flow({ start: "start", a: "wriet" }, ["start -> a"]), ["flow.unknown-type-near"]],
    [
      "a type of the project that can't be read",
      flow({ start: "start", a: "'folder:writ'" }, ["start -> a"]),
      ["flow.lost-project-type"],
    ],
    [
      "a type of a package that can't be read",
      flow({ start: "start", a: "'heddle-node-write:write'" }, ["start -> a"]),
      ["flow.lost-package-type"],
    ],
    ["an empty file", "", ["flow.not-a-flow"]],
    ["a file of something else", "services:\n  web: { image: x }\n", ["flow.not-a-flow"]],
    ["a name that is no text", "heddle: 1\nname: [1]\nnodes: { start: { type: start } }\n", ["flow.not-text"]],
    [
      "a dangling edge",
      flow({ start: "start", a: "write" }, ["start -> a", "a -> b_long_name"]),
      ["flow.dangling-edge"],
    ],
    [
      "an edge to a misspelt step",
      flow({ start: "start", reply: "write" }, ["start -> reply", "start -> rpely"]),
      ["flow.dangling-edge-near"],
    ],
    [
      "a dangling binding",
      flow({ start: "start", a: "agent" }, ["start -> a"], ["shop -> a.tools"]),
      ["flow.dangling-binding"],
    ],
    ["an unknown port", flow({ start: "start", a: "write" }, ["start.side -> a"]), ["flow.unknown-port"]],
    [
      "an unknown slot",
      flow({ start: "start", a: "agent", s: "server" }, ["start -> a"], ["s -> a.tool"]),
      ["flow.unknown-slot"],
    ],
    [
      "a step without slots",
      flow({ start: "start", a: "write", s: "server" }, ["start -> a"], ["s -> a.tools"]),
      ["flow.no-slots"],
    ],
    [
      "the wrong thing in a slot",
      flow({ start: "start", a: "agent" }, ["start -> a"], ["start -> a.tools"]),
      ["flow.slot-tools"],
    ],
    ["a circle", flow({ start: "start", a: "write", b: "write" }, ["start -> a", "a -> b", "b -> a"]), ["flow.cycle"]],
    ["a step that leads to itself", flow({ start: "start", a: "write" }, ["start -> a", "a -> a"]), ["flow.self-edge"]],
    [
      "a way back into the start",
      flow({ start: "start", a: "write" }, ["start -> a", "a -> start"]),
      ["flow.start-entered"],
    ],
    [
      "an arrow to a resource",
      flow({ start: "start", a: "agent", s: "server" }, ["start -> a", "a -> s"], ["s -> a.tools"]),
      ["flow.not-a-step"],
    ],
    ["no start", flow({ a: "write" }, []), ["flow.no-start"]],
    ["two starts", flow({ start: "start", b: "start" }, []), ["flow.several-starts"]],
    ["a step that nothing leads to", flow({ start: "start", a: "write" }, []), ["flow.unreachable"]],
    ["a resource that nothing uses", flow({ start: "start", s: "server" }, []), ["flow.unbound"]],
    [
      "a position of nothing",
      "heddle: 1\nname: X\nnodes:\n  start: { type: start }\nlayout:\n  gone: [0, 0]\n",
      ["flow.dangling-layout"],
    ],
    [
      "an unknown reference",
      flow({ start: "start", a: write("{{ nobody.text }}") }, ["start -> a"]),
      ["flow.ref-unknown"],
    ],
    [
      "a misspelt reference",
      flow({ start: "start", a: write("{{ strat.message }}") }, ["start -> a"]),
      ["flow.ref-unknown-near"],
    ],
    ["a reference to itself", flow({ start: "start", a: write("{{ a.text }}") }, ["start -> a"]), ["flow.ref-self"]],
    [
      "a reference to a later step",
      flow({ start: "start", a: write("{{ b.text }}"), b: "write" }, ["start -> a", "a -> b"]),
      ["flow.ref-not-before"],
    ],
    [
      "a reference to a resource",
      flow(
        { start: "start", a: "agent", s: "server", b: write("{{ s.x }}") },
        ["start -> a", "a -> b"],
        ["s -> a.tools"],
      ),
      ["flow.ref-no-output"],
    ],
    [
      "an unknown field",
      flow({ start: "start", a: write("{{ start.mesage }}") }, ["start -> a"]),
      ["expr.unknown-field-near"],
    ],
    [
      "a syntax error in braces",
      flow({ start: "start", a: write("{{ start. }}") }, ["start -> a"]),
      ["expr.unfinished"],
    ],
    [
      "a secret where none may be",
      flow({ start: "start", a: write("{{ secrets.KEY }}") }, ["start -> a"]),
      ["flow.secret-here"],
    ],
    [
      "a reference among secrets",
      flow({ start: "start", a: "{ type: call, config: { headers: { x: '{{ start.message }}' } } }" }, ["start -> a"]),
      ["flow.only-secrets-here"],
    ],
    [
      "a condition that isn't one",
      flow({ start: "start", a: "{ type: choose, config: { cases: [{ id: x, when: start.message }] } }" }, [
        "start -> a",
      ]),
      ["expr.needs-bool"],
    ],
    [
      "a word that a label never is",
      flow(
        { start: "start", s: "sort", a: `{ type: choose, config: { cases: [{ id: x, when: 's.label == "c"' }] } }` },
        ["start -> s", "s -> a"],
      ),
      ["expr.unknown-word-near"],
    ],
  ])("finds %s", (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ["flow.unknown-type-near", flow({ start: "start", a: "wriet" }, ["start -> a"]), "flow.unknown-type-near"],
    [
      "flow.dangling-edge-near",
      flow({ start: "start", reply: "write" }, ["start -> rpely"]),
      "flow.dangling-edge-near",
    ],
    ["flow.unknown-port", flow({ start: "start", a: "write" }, ["start.side -> a"]), "flow.unknown-port"],
    ["flow.cycle", flow({ start: "start", a: "write", b: "write" }, ["start -> a", "a -> b", "b -> a"]), "flow.cycle"],
    ["flow.several-starts", flow({ start: "start", b: "start" }, []), "flow.several-starts"],
    ["flow.no-start", flow({}, []), "flow.no-start"],
    [
      "flow.ref-unknown-near",
      flow({ start: "start", a: write("{{ strat.message }}") }, ["start -> a"]),
      "flow.ref-unknown-near",
    ],
    [
      "expr.unknown-field-near",
      flow({ start: "start", a: write("{{ start.mesage }}") }, ["start -> a"]),
      "expr.unknown-field-near",
    ],
  ])("%s is put right by its first fix", (_, text, code) => {
    expect(codes(text)).toContain(code);
    expect(fixed(text, code)).toEqual([]);
  });

  it("gives line and column of the very word, in quotes and in blocks of text", () => {
    const text = [
      "heddle: 1",
      "name: X",
      "nodes:",
      "  start: { type: start }",
      "  a:",
      "    type: write",
      "    config:",
      "      prompt: |",
      "        Dear customer,",
      "        we got {{ start.mesage }}.",
      "  b:",
      "    type: write",
      "    config:",
      '      prompt: "We got {{ start.mesage }}"',
      "edges: [start -> a, a -> b, b -> c]",
      "",
    ].join("\n");
    const lines = text.split("\n");
    const words = analyze(text).problems.map(({ line, column }) => lines[line! - 1]!.slice(column! - 1));
    expect(words).toEqual([
      expect.stringMatching(/^b -> c/),
      expect.stringMatching(/^mesage }}\./),
      expect.stringMatching(/^mesage }}"/),
    ]);
  });

  it("offers no other type for one that a project or a package brings", () => {
    const types = { ...testTypes, types: () => [...testTypes.types(), "folder:net", "heddle-node-a:write"] };
    for (const [type, origin] of [
      ["folder:get", "folder “nodes”"],
      ["heddle-node-a:writ", "package “heddle-node-a”"],
    ] as const) {
      const source = readFlow(flow({ start: "start", a: `'${type}'` }, ["start -> a"]));
      const [found] = analyzeFlow(source, types).problems;
      expect(found!.fixes).toEqual([]);
      expect(problemMessage("en", found!)).toContain(origin);
    }
  });

  it("tells a syntax error alone, and still shows what stands before it", () => {
    const { problems, nodes } = analyze(`${flow({ start: "start", a: "nothing" }, ["start -> b"])}bindings: [\n`);
    expect(problems.map((problem) => problem.code)).toEqual(["flow.syntax"]);
    expect(Object.keys(nodes)).toEqual(["start", "a"]);
  });

  it("has a sentence in each language for every problem, and a label for every fix", () => {
    const all: Problem[] = [TRIAGE, flow({ start: "start", b: "start", a: "wriet" }, ["a.x -> b", "q -> a"])].flatMap(
      (text) => [...analyze(text).problems],
    );
    for (const found of all) {
      for (const language of LANGUAGES) {
        expect(problemMessage(language, found)).not.toMatch(/^flow\.|\{\w+\}/);
        for (const fix of found.fixes)
          expect(problemMessage(language, { code: fix.label, params: fix.params })).not.toMatch(/^fix\.|\{\w+\}/);
      }
    }
  });
});

describe("a reference that may be empty", () => {
  const choose = "{ type: choose, config: { cases: [{ id: x, when: 'start.message == \"\"' }] } }";
  const warned = (text: string): boolean => codes(text).includes("flow.ref-maybe-skipped");

  it("is one to a step on a branch that may not be taken", () => {
    const text = flow({ start: "start", c: choose, a: "write", b: write("{{ a.text }}") }, [
      "start -> c",
      "c.x -> a",
      "c.else -> b",
      "a -> b",
    ]);
    expect(warned(text)).toBe(true);
    expect(fixed(text, "flow.ref-maybe-skipped")).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ["to a step on the only way", { start: "start", a: "write", b: write("{{ a.text }}") }, ["start -> a", "a -> b"]],
    [
      "to a parallel branch that is always taken",
      { start: "start", a: "write", z: "write", b: write("{{ a.text }}{{ z.text }}") },
      ["start -> a", "start -> z", "a -> b", "z -> b"],
    ],
    [
      "inside the branch itself",
      { start: "start", c: choose, a: "write", b: write("{{ a.text }}") },
      ["start -> c", "c.x -> a", "a -> b"],
    ],
    [
      "to what every branch leads to",
      { start: "start", c: choose, a: "write", b: write("{{ a.text }}") },
      ["start -> c", "c.x -> a", "c.else -> a", "a -> b"],
    ],
    [
      "that says what to use instead",
      { start: "start", c: choose, a: "write", b: write("{{ default(a.text, 1) }}") },
      ["start -> c", "c.x -> a", "c.else -> b", "a -> b"],
    ],
    [
      "that is itself what to use instead",
      { start: "start", c: choose, a: "write", b: write("{{ default(start.message, a.text) }}") },
      ["start -> c", "c.x -> a", "c.else -> b", "a -> b"],
    ],
    [
      "to the error of a step that may fail",
      { start: "start", a: "write", b: write("{{ a.error.message }}") },
      ["start -> a", "a.error -> b"],
    ],
  ])("is none %s", (_, nodes, edges) => {
    expect(codes(flow(nodes, edges))).toEqual([]);
  });

  it("isn't told of in a circle or behind one, which never run", () => {
    const nodes = { start: "start", c: choose, a: write("{{ start.message }}"), b: write("{{ a.text }}") };
    const circle = ["start -> a", "a -> c", "c.x -> a", "c.else -> b"];
    expect(codes(flow(nodes, circle))).toEqual(["flow.cycle"]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      "to a step that failed into its error port",
      { start: "start", a: "write", b: write("{{ a.text }}") },
      ["start -> a", "a.error -> b"],
    ],
    [
      "to a step that may fail, after the ways meet again",
      { start: "start", a: "write", b: write("{{ a.text }}") },
      ["start -> a", "a -> b", "a.error -> b"],
    ],
    [
      "to a disabled step",
      { start: "start", a: "{ type: write, disabled: true }", b: write("{{ a.text }}") },
      ["start -> a", "a -> b"],
    ],
    [
      "to a parallel branch when the first one counts",
      { start: "start", a: "write", z: "write", b: "{ type: write, join: any, config: { prompt: '{{ a.text }}' } }" },
      ["start -> a", "start -> z", "a -> b", "z -> b"],
    ],
  ])("is one %s", (_, nodes, edges) => {
    expect(warned(flow(nodes, edges))).toBe(true);
  });
});

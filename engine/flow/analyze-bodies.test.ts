import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../lib/text.ts";
import { analyzeFlow } from "./analyze.ts";
import { applyCommand } from "./apply.ts";
import type { AnalyzeOptions } from "./check-flows.ts";
import { libraryOf } from "./flow-library.ts";
import { problemMessage } from "./problem.ts";
import { readFlow } from "./read.ts";
import { testTypes } from "./testing/node-types.ts";

interface Entry {
  type: string;
  title?: string;
  config?: unknown;
  disabled?: boolean;
  body?: Body;
}
interface Body {
  nodes: Record<string, Entry>;
  edges?: string[];
  bindings?: string[];
}

const START: Entry = {
  type: "start",
  config: {
    fields: {
      message: { type: "string" },
      orders: {
        type: "array",
        items: {
          type: "object",
          properties: { id: { type: "string" }, price: { type: "number" } },
          required: ["id", "price"],
        },
      },
    },
  },
};
const text = (body: Body): string =>
  JSON.stringify({ heddle: 1, name: "X", ...body, nodes: { start: START, ...body.nodes } }, null, 1);
const write = (prompt: string, more: Partial<Entry> = {}): Entry => ({ type: "write", config: { prompt }, ...more });
const analyze = (body: Body, options: AnalyzeOptions = {}) => analyzeFlow(readFlow(text(body)), testTypes, options);

/** The problems of a flow, each as `code:node`; each has its sentences. */
function codes(body: Body, options?: AnalyzeOptions): string[] {
  return analyze(body, options).problems.map((found) => {
    for (const language of LANGUAGES) {
      expect(problemMessage(language, found)).not.toMatch(/^flow\.|\{(?!\{)\w+\}(?!\})/);
      for (const fix of found.fixes)
        expect(problemMessage(language, { code: fix.label, params: fix.params })).not.toMatch(/^fix\./);
    }
    return `${found.code}:${found.node ?? ""}`;
  });
}

/** The problems that are left after the first fix of the first problem with a code. */
function fixed(body: Body, code: string): string[] {
  const source = readFlow(text(body));
  const found = analyzeFlow(source, testTypes).problems.find((problem) => problem.code === code)!;
  const after = applyCommand(source.flow, found.fixes[0]!.command, testTypes).flow;
  return analyzeFlow({ flow: after, problems: [] }, testTypes).problems.map((problem) => problem.code);
}

/** One container with these steps in it, after the start and a step before. */
const each = (inner: Body, config: object = {}, more: Record<string, Entry> = {}, edges: string[] = []): Body => ({
  nodes: {
    before: write("x"),
    all: { type: "repeat", title: "Each order", config: { items: "start.orders", ...config }, body: inner },
    ...more,
  },
  edges: ["start -> before", "before -> all", ...edges],
});

describe("what a step in a body may refer to", () => {
  it("is all that its container may, its own ancestors there, and the names that the container gives", () => {
    const body = each({
      nodes: { a: write("{{ item.id }}{{ index }}{{ before.text }}{{ start.message }}"), b: write("{{ a.text }}") },
      edges: ["a -> b"],
    });
    expect(codes(body)).toEqual([]);
    const { nodes } = analyze(body);
    expect(nodes["b"]).toMatchObject({ parent: "all", scope: ["a", "before", "start"] });
    expect(nodes["a"]!.locals["item"]).toMatchObject({ properties: { id: { type: "string" } } });
    expect(nodes["all"]!.body!.locals).toHaveProperty("item");
    expect(nodes["all"]!.locals).toEqual({});
  });

  it("is checked against what is known of the names", () => {
    expect(codes(each({ nodes: { a: write("{{ item.idd }}") } }))).toEqual(["expr.unknown-field-near:a"]);
    expect(codes(each({ nodes: { a: write("{{ round(item.id) }}") } }))).toEqual(["expr.needs-number:a"]);
  });

  it.each<[string, Body, string[]]>([
    ["a step beside it", each({ nodes: { a: write("x"), b: write("{{ a.text }}") } }), ["flow.ref-not-before:b"]],
    ["its own container", each({ nodes: { a: write("{{ all.count }}") } }), ["flow.ref-around:a"]],
    [
      "a step in another body",
      {
        nodes: {
          one: { type: "repeat", config: { items: "start.orders" }, body: { nodes: { a: write("x") } } },
          two: { type: "repeat", config: { items: "start.orders" }, body: { nodes: { b: write("{{ a.text }}") } } },
        },
        edges: ["start -> one", "one -> two"],
      },
      ["flow.ref-inside:b"],
    ],
  ])("is not %s", (_, body, expected) => {
    expect(codes(body)).toEqual(expected);
  });

  it("from outside is what the container gives, and the sentence says so", () => {
    const body = each({ nodes: { a: write("x") } }, {}, { after: write("{{ a.text }}{{ item.id }}") }, [
      "all -> after",
    ]);
    expect(codes(body)).toEqual(["flow.ref-inside:after", "flow.ref-local-outside:after"]);
    const [found] = analyze(body).problems;
    expect(problemMessage("en", found!)).toBe(
      "“a.text” is inside “Each order”, so it can’t be read from outside; use {{ all.items }}.",
    );
  });

  it("inside a body in a body: inner names hide outer ones", () => {
    const inner: Entry = {
      type: "repeat",
      config: { items: "[1, 2]" },
      body: { nodes: { deep: write("{{ round(item) }}{{ a.text }}{{ before.text }}") } },
    };
    expect(codes(each({ nodes: { a: write("{{ item.id }}"), inner }, edges: ["a -> inner"] }))).toEqual([]);
  });
});

describe("a container's own fields", () => {
  it("see the steps of the body at the end of a round, and only there", () => {
    expect(codes(each({ nodes: { a: write("x") } }, { collect: "{{ a.text }} {{ item.id }}" }))).toEqual([]);
    expect(codes(each({ nodes: { a: write("x") } }, { items: "[a.text]" }))).toEqual(["flow.ref-inside:all"]);
    const loop = (config: object): Body => ({
      nodes: { all: { type: "again", config, body: { nodes: { a: write("x") } } } },
      edges: ["start -> all"],
    });
    expect(codes(loop({ state: 0, while: "state < 5", until: "a.score > 1", next: "{{ state + 1 }}" }))).toEqual([]);
    expect(codes(loop({ while: "a.score > 1" }))).toEqual(["flow.ref-inside:all"]);
    expect(codes(loop({ state: "{{ index }}" }))).toEqual(["flow.ref-local-outside:all"]);
  });

  it("warn of steps that a round may skip", () => {
    const choose: Entry = { type: "choose", config: { cases: [{ id: "x", when: "item.price > 1" }] } };
    const inner: Body = {
      nodes: { choose, a: write("x"), b: write("y") },
      edges: ["choose.x -> a", "choose.else -> b"],
    };
    const body = each(inner, { collect: { one: "{{ a.text }}", which: "{{ choose.case }}" } });
    expect(codes(body)).toEqual(["flow.ref-maybe-skipped:all"]);
  });

  it("tell what later steps are given", () => {
    const body = each(
      { nodes: { a: write("x") } },
      { collect: { text: "{{ a.text }}", price: "{{ item.price }}" } },
      {
        after: write("{{ all.items[0].txt }}{{ all.items[0].price * 2 }}"),
      },
      ["all -> after"],
    );
    expect(analyze(body).nodes["all"]!.output.properties!["items"]).toEqual({
      type: "array",
      items: {
        type: "object",
        properties: { text: { type: "string" }, price: { type: "number" } },
        required: ["text", "price"],
        additionalProperties: false,
      },
    });
    expect(codes(body)).toContain("expr.unknown-field-near:after");
  });
});

describe("borders", () => {
  const crossing = (edge: string): Body => ({
    nodes: { ...each({ nodes: { a: write("x") } }).nodes, after: write("x") },
    edges: ["start -> before", "before -> all", "all -> after", edge],
  });

  it.each([
    ["into a body", "start -> a", "flow.border-edge:start"],
    ["out of one", "a -> after", "flow.border-edge:a"],
  ])("are not crossed %s, and the fix connects the container", (_, edge, expected) => {
    expect(codes(crossing(edge))).toContain(expected);
    expect(fixed(crossing(edge), "flow.border-edge")).toEqual([]);
  });

  it("let bindings in, but not out", () => {
    const shop: Entry = { type: "server", config: { server: "s" } };
    const agent: Entry = { type: "agent", config: { message: "x" } };
    const inside = each({ nodes: { agent }, bindings: ["shop -> agent.tools"] }, {}, { shop });
    expect(codes(inside)).toEqual([]);
    const outside = each({ nodes: { shop, a: write("x") } }, {}, { agent }, ["all -> agent"]);
    expect(codes({ ...outside, bindings: ["shop -> agent.tools"] })).toEqual(["flow.border-binding:agent"]);
  });

  it("are only those of containers; what begins a run stays outside; a body needs something in it", () => {
    expect(codes({ nodes: { a: write("x", { body: { nodes: { b: write("y") } } }) }, edges: ["start -> a"] })).toEqual([
      "flow.not-a-container:b",
    ]);
    expect(codes(each({ nodes: { hook: { type: "hook" } } }))).toEqual(["flow.start-inside:hook"]);
    expect(codes(each({ nodes: {} }))).toEqual(["flow.empty-body:all"]);
  });
});

describe("variables", () => {
  const set = (values: object): Entry => ({ type: "set", config: { values } });
  const choose: Entry = { type: "choose", config: { cases: [{ id: "x", when: 'start.message == ""' }] } };

  it("have the types that the steps give them", () => {
    const body: Body = {
      nodes: {
        a: set({ total: "{{ size(start.orders) }}" }),
        b: write("{{ vars.total.x }}{{ vars.totl }}{{ vars.total + 1 }}"),
      },
      edges: ["start -> a", "a -> b"],
    };
    expect(codes(body)).toEqual(["flow.variable-unknown-near:b", "expr.no-field-here:b"]);
    expect(analyze(body).nodes["b"]!.locals["vars"]).toMatchObject({
      properties: { total: { type: "number" } },
      required: ["total"],
    });
  });

  it.each<[string, Body, string[]]>([
    [
      "set by two at once",
      { nodes: { a: set({ x: 1 }), b: set({ x: 2 }) }, edges: ["start -> a", "start -> b"] },
      ["flow.variable-conflict:b"],
    ],
    [
      "set by one after the other",
      { nodes: { a: set({ x: 1 }), b: set({ x: 2 }) }, edges: ["start -> a", "a -> b"] },
      [],
    ],
    [
      "set on branches of which one is taken",
      {
        nodes: { choose, a: set({ x: 1 }), b: set({ x: 2 }), c: write("{{ default(vars.x, 0) + 1 }}") },
        edges: ["start -> choose", "choose.x -> a", "choose.else -> b", "a -> c", "b -> c"],
      },
      [],
    ],
    [
      "read by a step beside",
      { nodes: { a: set({ x: 1 }), b: write("{{ vars.x }}") }, edges: ["start -> a", "start -> b"] },
      ["flow.variable-race:b"],
    ],
    ["set in rounds side by side", each({ nodes: { a: set({ x: 1 }) } }), ["flow.variable-parallel:a"]],
    [
      "set in rounds one after the other",
      {
        nodes: {
          all: {
            type: "again",
            config: { until: "vars.x > 3" },
            body: { nodes: { a: set({ x: "{{ default(vars.x, 0) + 1 }}" }) } },
          },
        },
        edges: ["start -> all"],
      },
      [],
    ],
    ["that nobody sets", { nodes: { a: write("{{ vars.x }}") }, edges: ["start -> a"] }, ["flow.variable-unknown:a"]],
  ])("%s", (_, body, expected) => {
    expect(codes(body).filter((code) => code.startsWith("flow."))).toEqual(expected);
  });
});

describe("undoing", () => {
  it("may lead from any step, and refers to it and to what came before it", () => {
    const body: Body = {
      nodes: {
        charge: write("x"),
        refund: write("{{ charge.text }}{{ start.message }}"),
        more: write("{{ refund.text }}"),
        b: write("y"),
      },
      edges: ["start -> charge", "charge.undo -> refund", "refund -> more", "charge -> b"],
    };
    expect(codes(body)).toEqual([]);
    expect(analyze(body).nodes["b"]!.scope).toEqual(["charge", "start"]);
  });

  it.each<[string, Body, string[]]>([
    [
      "a step of the normal way",
      { nodes: { a: write("x"), b: write("y") }, edges: ["start -> a", "a.undo -> b", "a -> b"] },
      ["flow.undo-shared:b"],
    ],
    [
      "a step that the normal way comes to later",
      {
        nodes: { a: write("x"), u: write("u"), b: write("y") },
        edges: ["start -> a", "a.undo -> u", "u -> b", "a -> b"],
      },
      ["flow.undo-shared:b"],
    ],
    ["anything, from a trigger", { nodes: { u: write("u") }, edges: ["start.undo -> u"] }, ["flow.unknown-port:start"]],
    [
      "a step that another one refers to",
      {
        nodes: { a: write("x"), u: write("u"), b: write("{{ u.text }}") },
        edges: ["start -> a", "a.undo -> u", "a -> b"],
      },
      ["flow.ref-not-before:b"],
    ],
  ])("isn't %s", (_, body, expected) => {
    expect(codes(body).filter((code) => !code.startsWith("flow.unreachable"))).toEqual(expected);
  });

  it("in a body isn't part of a round", () => {
    const inner: Body = { nodes: { a: write("x"), u: write("{{ a.text }}{{ item.id }}") }, edges: ["a.undo -> u"] };
    expect(codes(each(inner, { collect: "{{ a.text }}" }))).toEqual([]);
    expect(codes(each(inner, { collect: "{{ u.text }}" }))).not.toEqual([]);
  });
});

describe("the error handler", () => {
  it("may refer to any step, which may be missing, and is reached though nothing leads to it", () => {
    const body: Body = {
      nodes: {
        a: write("x"),
        rescue: { type: "rescue" },
        tell: write("{{ rescue.code }}{{ start.message }}{{ a.text }}"),
      },
      edges: ["start -> a", "rescue -> tell"],
    };
    expect(codes(body)).toEqual(["flow.ref-maybe-skipped:tell"]);
    expect(analyze(body).nodes["rescue"]).toMatchObject({ handlesFailure: true });
    expect(analyze(body).triggers.map(({ key }) => key)).toEqual(["start"]);
  });

  it("is one, and its way is its own", () => {
    const two: Body = { nodes: { a: write("x"), r: { type: "rescue" }, s: { type: "rescue" } }, edges: ["start -> a"] };
    expect(codes(two)).toEqual(["flow.several-handlers:s"]);
    const shared: Body = { nodes: { a: write("x"), r: { type: "rescue" } }, edges: ["start -> a", "r -> a"] };
    expect(codes(shared)).toEqual(["flow.handler-shared:a"]);
  });
});

describe("triggers", () => {
  it("may be several; a run by hand begins with the manual one", () => {
    const body: Body = {
      nodes: { hook: { type: "hook" }, a: write("{{ start.message }}") },
      edges: ["start -> a", "hook -> a"],
    };
    expect(codes(body)).toEqual(["flow.ref-maybe-skipped:a"]);
    expect(analyze(body).triggers).toMatchObject([
      { key: "start", kind: "manual", input: { properties: { message: { type: "string" } } } },
      { key: "hook", kind: "webhook" },
    ]);
    expect(analyze(body).input).toEqual(analyze(body).triggers[0]!.input);
  });

  it("are sure where only one of them leads", () => {
    const body: Body = {
      nodes: { hook: { type: "hook" }, a: write("{{ start.message }}"), b: write("{{ hook.body }}") },
      edges: ["start -> a", "hook -> b"],
    };
    expect(codes(body)).toEqual([]);
  });
});

describe("flows that run flows", () => {
  const call = (flow: string): Entry => ({ type: "subflow", config: { flow, input: { message: "", orders: [] } } });
  const runs = (flow: string): Body => ({ nodes: { a: call(flow) }, edges: ["start -> a"] });
  const flowOf = (body: Body) => readFlow(text(body)).flow;

  it.each<[string, string, string[]]>([
    ["a flow that there is", "other", []],
    ["a misspelt one", "othr", ["flow.unknown-flow-near:a"]],
    ["one that there isn't", "xyzzy", ["flow.unknown-flow:a"]],
    ["itself", "me", ["flow.runs-itself:a"]],
    ["itself through others", "back", ["flow.runs-itself:a"]],
  ])("runs %s", (_, name, expected) => {
    const others = { other: flowOf({ nodes: {} }), back: flowOf(runs("more")), more: flowOf(runs("me")) };
    const flows = libraryOf({ ...others, me: flowOf(runs(name)) }, testTypes);
    expect(codes(runs(name), { flows, name: "me" })).toEqual(expected);
  });

  it("take its answer's schema for the step that runs it, and say nothing where the project isn't known", () => {
    const answering: Body = { nodes: { a: { type: "say", config: { text: "hi" } } }, edges: ["start -> a"] };
    const flows = libraryOf({ other: flowOf(answering) }, testTypes);
    const body: Body = { nodes: { a: call("other"), b: write("{{ a.txt }}") }, edges: ["start -> a", "a -> b"] };
    expect(codes(body, { flows })).toEqual(["expr.unknown-field-near:b"]);
    expect(codes(body)).toEqual([]);
  });
});

describe("what a run gives", () => {
  const say = (words: string): Entry => ({ type: "say", config: { text: words } });
  const choose: Entry = { type: "choose", config: { cases: [{ id: "x", when: 'start.message == ""' }] } };

  it("is nothing without an answer, the answer where one is given, all of them where several may be", () => {
    expect(analyze({ nodes: {} }).output).toEqual({ type: "null" });
    const one = analyze({
      nodes: { choose, a: say("a"), b: say("b") },
      edges: ["start -> choose", "choose.x -> a", "choose.else -> b"],
    });
    expect(one.output).toEqual(one.nodes["a"]!.output);
    const both = analyze({ nodes: { a: say("a"), b: say("b") }, edges: ["start -> a", "start -> b"] });
    expect(both.output.anyOf).toHaveLength(2);
  });
});

describe("a circle", () => {
  it("becomes a loop by its fix: steps inside, what led in and out joined to the loop", () => {
    const choose: Entry = { type: "choose", config: { cases: [{ id: "again", when: "a.score > 1" }] } };
    const body: Body = {
      nodes: { a: write("x"), choose, after: write("y") },
      edges: ["start -> a", "a -> choose", "choose.again -> a", "choose.else -> after"],
    };
    expect(codes(body)).toContain("flow.cycle:choose");
    expect(fixed(body, "flow.cycle")).toEqual([]);
    const source = readFlow(text(body));
    const [found] = analyzeFlow(source, testTypes).problems;
    const { flow, inverse } = applyCommand(source.flow, found!.fixes[0]!.command, testTypes);
    expect(flow.parents).toEqual({ a: "again", choose: "again" });
    expect(flow.edges).toEqual([
      { from: "a", port: "out", to: "choose" },
      { from: "start", port: "out", to: "again" },
      { from: "again", port: "out", to: "after" },
    ]);
    expect(applyCommand(flow, inverse, testTypes).flow).toEqual(source.flow);
  });
});

describe("a setting that is still empty", () => {
  const missing = {
    path: "prompt",
    keys: ["prompt"],
    message: { en: "“Prompt” is missing. Fill it in.", zh: "缺少“Prompt”，请填写。" },
    missing: true as const,
  };
  const types = { ...testTypes, check: (type: string) => (type === "write" ? [missing] : []) };
  const severities = (body: Body): string[] =>
    analyzeFlow(readFlow(text(body)), types)
      .problems.filter(({ code }) => code === "flow.config")
      .map(({ severity, node }) => `${node}: ${severity}`);

  it("is no mistake yet in a step that was just put there, but one in a step that is joined to others", () => {
    expect(severities({ nodes: { a: write("") } })).toEqual(["a: warning"]);
    expect(severities({ nodes: { a: write("") }, edges: ["start -> a"] })).toEqual(["a: error"]);
    expect(severities(each({ nodes: { a: write("") } }))).toContain("a: error");
    expect(severities(each({ nodes: { a: write(""), b: write("") }, edges: [] }))).toContain("b: warning");
  });
});

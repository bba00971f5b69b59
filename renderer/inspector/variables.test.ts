import { describe, expect, it } from "vitest";
import type { NodeAnalysis } from "../../engine/flow/index.ts";
import { findVariables, insertReference, openReference, preview, variablesFor } from "./variables.ts";

const nodes = {
  reply: { scope: ["triage", "start"] },
  triage: { output: { type: "object", properties: { label: { type: "string", enum: ["a", "b"] } } } },
  start: { output: { type: "object", properties: { message: { type: "string" } } } },
} as unknown as Record<string, NodeAnalysis>;
const variables = variablesFor("reply", nodes, {
  output: (key) => (key === "triage" ? { label: "a", extra: { deep: 1 } } : undefined),
});

describe("what a step can refer to", () => {
  it("is what earlier steps promise, nearest first, with what it was in the last run", () => {
    expect(variables.map(({ path, type, last }) => [path, type, last])).toEqual([
      ["triage", "data", { label: "a", extra: { deep: 1 } }],
      ["triage.label", "choice", "a"],
      ["triage.extra", "data", { deep: 1 }],
      ["triage.extra.deep", "number", 1],
      ["start", "data", undefined],
      ["start.message", "text", undefined],
    ]);
  });

  it("is found by what is typed, beginnings first", () => {
    expect(findVariables(variables, " mess").map(({ path }) => path)).toEqual(["start.message"]);
    expect(findVariables(variables, "triage.l").map(({ path }) => path)).toEqual(["triage.label"]);
    expect(findVariables(variables, "")).toHaveLength(variables.length);
  });
});

describe("inserting a reference", () => {
  it.each([
    ["Hi {{", 5, "Hi {{ a.b }}"],
    ["Hi {{ a.", 8, "Hi {{ a.b }}"],
    ["Hi {{ a. }}, bye", 8, "Hi {{ a.b }}, bye"],
    ["Hi  there", 3, "Hi {{ a.b }} there"],
    ["{{ x }} ", 8, "{{ x }} {{ a.b }}"],
  ])("into %j at %i", (text, caret, expected) => {
    const result = insertReference(text, caret, "a.b");
    expect(result.text).toBe(expected);
    expect(result.text.slice(0, result.caret)).toMatch(/\{\{ a\.b \}\}$/);
  });

  it("is offered only between open braces", () => {
    expect(openReference("Hi {{ sta", 9)).toEqual({ start: 3, typed: " sta" });
    expect(openReference("Hi {{ start }} sta", 18)).toBeNull();
    expect(openReference("Hi sta", 6)).toBeNull();
    expect(openReference("{{ a > ", 7)).toBeNull();
  });
});

describe("a value in brief", () => {
  it("is one short line", () => {
    expect(preview("a\n b")).toBe("a b");
    expect(preview({ a: [1] })).toBe('{"a":[1]}');
    expect(preview("x".repeat(100))).toHaveLength(48);
  });
});

describe("what can be referred to in a body", () => {
  const text = { type: "object", properties: { text: { type: "string" } } };
  const inBody = {
    start: { role: "step", output: { type: "object", properties: {} }, scope: [], locals: {} },
    each: {
      role: "step",
      scope: ["start"],
      locals: { vars: { type: "object", properties: { total: { type: "number" } } } },
      body: { locals: { item: { type: "string" }, index: { type: "integer" } } },
      output: {},
    },
    say: {
      role: "step",
      parent: "each",
      scope: ["start"],
      locals: { item: { type: "string" }, index: { type: "integer" }, vars: {} },
      output: text,
    },
    count: { role: "step", parent: "each", scope: ["say"], locals: {}, output: { type: "object" }, assigns: true },
  } as unknown as Record<string, NodeAnalysis>;
  const values = {
    output: (key: string) => (key === "count" ? { total: 7 } : undefined),
    local: (container: string, name: string) => (container === "each" && name === "item" ? "tea" : undefined),
  };
  const paths = (key: string, scope?: "body" | "locals") =>
    variablesFor(key, inBody, values, scope).map(({ path, node, last }) => [path, node, last]);

  it("is what the container lends, with its value in the round that is shown, and what earlier steps gave", () => {
    expect(paths("say").slice(0, 3)).toEqual([
      ["item", "each", "tea"],
      ["index", "each", undefined],
      ["start", "start", undefined],
    ]);
  });

  it("is, for what a container reads at the end of a round, also the steps of its body", () => {
    const names = paths("each", "body").map(([path]) => path);
    expect(names).toEqual(expect.arrayContaining(["item", "index", "say", "say.text", "start", "vars"]));
    expect(paths("each").map(([path]) => path)).not.toContain("item");
    expect(paths("each", "locals").map(([path]) => path)).not.toContain("say");
  });

  it("is what steps set as variables in the last run", () => {
    expect(paths("each").find(([path]) => path === "vars.total")).toEqual(["vars.total", "", 7]);
  });
});

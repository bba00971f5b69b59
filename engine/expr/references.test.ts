import { describe, expect, it } from "vitest";
import { parseExpression } from "./parse.ts";
import { references, renameField, renameReference } from "./references.ts";
import { parseTemplate } from "./template.ts";

const found = (source: string) =>
  references(parseExpression(source)).map(({ root, path }) => [root, ...path].join("/"));

describe("references", () => {
  it.each<[string, string[]]>([
    ["a.b.c", ["a/b/c"]],
    ["a", ["a"]],
    ["a.b[0]['x y'].c", ["a/b/0/x y/c"]],
    ["a.b[c.d].e", ["a/b", "c/d"]],
    ["a.b + b.c * size(c.d)", ["a/b", "b/c", "c/d"]],
    ["a.list.filter(x, x.id == b.id).map(x, x)", ["a/list", "b/id"]],
    ["a.b.trim().contains(c)", ["a/b", "c"]],
    ["{'k': a.b}[c]", ["a/b", "c"]],
    ["has(a.b) ? a.b : 'c.d'", ["a/b", "a/b"]],
    ["a +", []],
  ])("%s", (source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it("of a template stand at their places in the whole text", () => {
    const text = "x {{ a.b }} y {{ size(c.d) }}";
    expect(references(parseTemplate(text)).map(({ start, end }) => text.slice(start, end))).toEqual(["a.b", "c.d"]);
  });

  it.each<[string, boolean]>([
    ["a.b", false],
    ["default(a.b, 1)", true],
    ["a.b.default(1)", true],
    ["default(1, a.b)", false],
    ["has(a.b) && a.c > 1", true],
    ["a.b == null ? 0 : a.b", true],
    ["a.b == 1", false],
  ])("%s provides for an empty value: %s", (source, guarded) => {
    expect(references(parseExpression(source)).every((reference) => reference.guarded)).toBe(guarded);
  });
});

it.each([
  ["default(a.b, c.d)", ["c"]],
  ["a.b.default(c.d + e.f) + c.g", ["c", "e"]],
  ["{{ x }} {{ default(a, c) }}", ["c"]],
])("%s uses as what stands in: %j", (source, expected) => {
  const parsed = source.startsWith("{") ? parseTemplate(source) : parseExpression(source);
  const found = references(parsed).filter(({ fallback }) => fallback);
  expect(found.map(({ root }) => root)).toEqual(expected);
});

describe("renaming a field", () => {
  it.each([
    ["{{ a.b }} {{ a.b.b }} {{ a.bb }} {{ x.b }}", "{{ a.z }} {{ a.z.b }} {{ a.bb }} {{ x.b }}"],
    [`{{ a["b"].c + a [ 'b' ] }}`, `{{ a["z"].c + a [ "z" ] }}`],
    ["{{ a[0].b }} {{ a . b }} {{ list.map(a, a.b) }}", "{{ a[0].b }} {{ a . z }} {{ list.map(a, a.b) }}"],
    ["{{ size(a.b.trim()) }}", "{{ size(a.z.trim()) }}"],
  ])("%s", (before, after) => {
    expect(renameField(before, "template", { root: "a", from: "b", to: "z" })).toBe(after);
  });
});

describe("renaming a reference", () => {
  it.each([
    ["{{ a.b }} a.b {{ x.a }} {{ aa.b }}{{a}}", "{{ z.b }} a.b {{ x.a }} {{ aa.b }}{{z}}"],
    ["{{ 'a.b' + a.b }}", "{{ 'a.b' + z.b }}"],
    ["{{ list.map(a, a.b) + a.c }}", "{{ list.map(a, a.b) + z.c }}"],
    ["{{ a.b +  }} {{ a.c }}", "{{ a.b +  }} {{ z.c }}"],
  ])("%s", (before, after) => {
    expect(renameReference(before, "template", { from: "a", to: "z" })).toBe(after);
  });

  it("is refused where a variable of the text has the new name", () => {
    expect(() => renameReference("{{ list.map(x, x + a.b) }}", "template", { from: "a", to: "x" })).toThrow("“x”");
  });

  it("in an expression", () => {
    expect(renameReference("a.label == 'a' && b.a > a.n", "expression", { from: "a", to: "z_9" })).toBe(
      "z_9.label == 'a' && b.a > z_9.n",
    );
  });
});

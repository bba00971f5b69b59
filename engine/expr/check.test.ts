import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../lib/json.ts";
import { checkExpression, checkTemplate } from "./check.ts";

const order: JsonSchema = {
  type: "object",
  properties: {
    id: { type: "string" },
    total: { type: "number" },
    paid: { type: "boolean" },
    note: { type: ["string", "null"] },
    discount: { type: "number" },
    status: { enum: ["open", "shipped", "returned"] },
    lines: {
      type: "array",
      items: {
        type: "object",
        properties: { sku: { type: "string" }, count: { type: "integer" } },
        required: ["sku", "count"],
      },
    },
    customer: {
      anyOf: [{ type: "object", properties: { name: { type: "string" } }, required: ["name"] }, { type: "null" }],
    },
    extra: { type: "object", additionalProperties: { type: "number" } },
    open: {},
  },
  required: ["id", "total", "paid", "note", "status", "lines", "customer", "extra", "open"],
};
const scope = { order };
const codes = (source: string) => checkExpression(source, scope).problems.map((problem) => problem.code);

describe("checking expressions", () => {
  it.each([
    "order.total * 2 + 1 > 10 && order.paid",
    "order.id + ' costs ' + order.total",
    "order.lines.filter(line, line.count > 1).map(line, line.sku).join(', ')",
    "order.lines[0].sku == 'x'",
    "order.customer.name",
    "order.extra.anything == 4",
    "order.open.what.ever[3] > 2",
    "order.open && order.open + 1 == 2",
    "order.status == 'open' || order.status in ['shipped', 'returned']",
    "default(order.note, '').trim()",
    "default(order.discount, 0) + 1",
    "order.note == null ? 'none' : 'some'",
    "has(order.note)",
    "order.paid ? order.id : order.total",
    "size(order.lines) / 2 > 1",
    "{'a': order.id}.a.upper()",
    "[1, 'a'].contains(order.total)",
    "order.note + '!'",
  ])("%s is fine", (source) => {
    expect(codes(source)).toEqual([]);
  });

  it.each<[string, string[]]>([
    ["order.totl", ["expr.unknown-field-near"]],
    ["order.zzz", ["expr.unknown-field"]],
    ["order['totl']", ["expr.unknown-field"]],
    ["order.customer.nam", ["expr.unknown-field-near"]],
    ["order.lines[0].skuu", ["expr.unknown-field-near"]],
    ["order.lines.map(line, line.cont)", ["expr.unknown-field-near"]],
    ["order.id.length", ["expr.no-field-here"]],
    ["ordr.id", ["expr.unknown-name-near"]],
    ["order.total + order.paid", ["expr.different-kinds"]],
    ["(order.paid ? 1 : order.id) - 1", ["expr.may-differ"]],
    ["(order.paid ? 1 : order.id) > 1", ["expr.may-differ"]],
    ["order.id - 1", ["expr.needs-number"]],
    ["order.discount + 1", ["expr.may-be-empty"]],
    ["order.note.trim()", ["expr.may-be-empty"]],
    ["order.discount > 3", ["expr.may-be-empty"]],
    ["order.total > order.id", ["expr.different-kinds"]],
    ["order.id == 5", ["expr.never-equal"]],
    ["order.status == 'shiped'", ["expr.unknown-word-near"]],
    ["'gone' != order.status", ["expr.unknown-word"]],
    ["order.status in ['open', 'shipd']", ["expr.unknown-word-near"]],
    ["order.total && order.paid", ["expr.needs-bool"]],
    ["order.id ? 1 : 2", ["expr.needs-bool"]],
    ["!order.id", ["expr.needs-bool"]],
    ["order.total.map(x, x)", ["expr.needs-list"]],
    ["'x' in order.id", ["expr.use-contains"]],
    ["order.lines.filter(line, line.sku)", ["expr.needs-bool"]],
    ["trim(order.total)", ["expr.needs-text"]],
    ["round(order.id)", ["expr.needs-number"]],
    ["contains(order.total, 1)", ["expr.needs-text"]],
    ["rund(order.total)", ["expr.unknown-function-near"]],
    ["launch(order.total)", ["expr.unknown-function"]],
    ["replace(order.id)", ["expr.arity"]],
    ["order.lines['a']", ["expr.no-field-here"]],
  ])("%s: %s", (source, expected) => {
    expect(codes(source)).toEqual(expected);
  });

  it("offers the text put right", () => {
    const fixed = (source: string): string => {
      const { start, end, text } = checkExpression(source, scope).problems[0]!.fix!;
      return source.slice(0, start) + text + source.slice(end);
    };
    expect(fixed("order.totl > 3")).toBe("order.total > 3");
    expect(fixed("order.customer.nam")).toBe("order.customer.name");
    expect(fixed("order.discount > 3")).toBe("default(order.discount, 0) > 3");
    expect(fixed("order.note.trim()")).toBe('default(order.note, "").trim()');
    expect(fixed("order.status == 'shiped'")).toBe('order.status == "shipped"');
    expect(fixed("ordr.id")).toBe("order.id");
  });

  it("says what the whole must yield", () => {
    expect(checkExpression("order.total", scope, { expects: "bool" }).problems[0]?.code).toBe("expr.needs-bool");
    expect(checkExpression("order.paid", scope, { expects: "bool" }).problems).toEqual([]);
  });

  it("knows what an expression yields", () => {
    const yields = (source: string) => checkExpression(source, scope).schema;
    expect(yields("order.lines.map(line, line.count)")).toEqual({ type: "array", items: { type: "integer" } });
    expect(yields("order.total > 1")).toEqual({ type: "boolean" });
    expect(yields("default(order.note, 'x')")).toMatchObject({ anyOf: [{ type: ["string"] }, { const: "x" }] });
    expect(checkTemplate("{{ order.total }}", scope, { typed: true }).schema).toEqual({ type: "number" });
    expect(checkTemplate("{{ order.total }}", scope).schema).toEqual({ type: "string" });
  });

  it("places problems in the whole text of a template", () => {
    const text = "Dear {{ order.customer.name }}, {{ order.totl }}!";
    const [found] = checkTemplate(text, scope).problems;
    expect(text.slice(found!.start, found!.end)).toBe("totl");
  });
});

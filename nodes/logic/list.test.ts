import { describe, expect, test } from "vitest";
import fc from "fast-check";
import type { JsonObject, JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import { mismatch } from "../schema-check.ts";
import { type COMPARISONS, listConfig, parseTotal } from "./list-config.ts";
import { compares, order, totalOf, valueIn } from "./list-entries.ts";
import { listOutput } from "./list-schema.ts";
import { workOnList } from "./list-work.ts";

const work = (config: JsonObject, items: JsonValue) =>
  workOnList({ ...listConfig.parse({ ...config, items: [] }), items });
const people = [
  { name: "Ada", age: 36, city: { name: "London" }, tags: ["math"] },
  { name: "Bob", age: null, city: null, tags: [] },
  { name: "Eve", age: 9, city: { name: "Rome" }, tags: ["spy", "math"] },
  { name: "Adam", age: 36, city: { name: "Rome" }, tags: ["garden"] },
];

describe("comparing", () => {
  test.each<[JsonValue, (typeof COMPARISONS)[number], JsonValue, boolean]>([
    [3, "equals", 3, true],
    [3, "equals", "3", false],
    [3, "not-equals", 4, true],
    [3, "greater", 2, true],
    [3, "at-least", 3, true],
    [3, "less", 3, false],
    [3, "at-most", 3, true],
    ["b", "greater", "a", true],
    [3, "greater", "2", false],
    [null, "less", 3, false],
    ["Hello", "contains", "ELL", true],
    [["a", "b"], "contains", "b", true],
    [3, "contains", 3, false],
    ["Hello", "starts-with", "he", true],
    ["Hello", "ends-with", "LO", true],
    ["b", "one-of", ["a", "b"], true],
    ["b", "one-of", "ab", false],
    [null, "empty", null, true],
    ["", "empty", null, true],
    [0, "empty", null, false],
    [[], "not-empty", null, false],
  ])("%j %s %j is %s", (value, is, other, expected) => expect(compares(value, is, other)).toBe(expected));

  test("orders numbers inside texts, and puts what is empty last either way", () => {
    expect(["A10", null, "A9", "b1", "B1"].toSorted(order)).toEqual(["A9", "A10", "b1", "B1", null]);
    const names = (config: JsonObject) => work({ pluck: "name", ...config }, people).items;
    expect(names({ sort: { by: "age" } })).toEqual(["Eve", "Ada", "Adam", "Bob"]);
    expect(names({ sort: { by: "age", order: "descending" } })).toEqual(["Ada", "Adam", "Eve", "Bob"]);
  });

  test("sorting is a permutation in order, whatever the entries", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 2 })), (values) => {
        const items = work({ sort: {} }, values as JsonValue[]).items as JsonValue[];
        expect(items.map((item) => JSON.stringify(item)).toSorted()).toEqual(
          values.map((item) => JSON.stringify(item)).toSorted(),
        );
        for (let at = 1; at < items.length; at++) expect(order(items[at - 1]!, items[at]!)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe("working on a list", () => {
  test("reads fields of fields, and nothing where there is none", () => {
    expect(valueIn(people[0]!, "city.name")).toBe("London");
    expect([valueIn(people[1]!, "city.name"), valueIn(5, "a"), valueIn({ toString: 1 }, "constructor")]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("filters by an empty value too", () => {
    expect(work({ where: { field: "age", is: "empty" }, pluck: "name" }, people).items).toEqual(["Bob"]);
  });

  test("skips and takes after sorting", () => {
    expect(work({ sort: { by: "name" }, skip: 1, take: 2, pluck: "name" }, people).items).toEqual(["Adam", "Bob"]);
    expect(work({ take: 0 }, people).count).toBe(0);
    expect(() => work({ take: -1 }, people)).toThrow(expect.objectContaining({ code: "list.bad-count" }));
  });

  test("groups in the order in which groups were met, empty ones too", () => {
    expect(work({ group: "city.name", pluck: "name", totals: { people: "count" } }, people)).toEqual({
      items: [
        { key: "London", count: 1, items: ["Ada"], totals: { people: 1 } },
        { key: null, count: 1, items: ["Bob"], totals: { people: 1 } },
        { key: "Rome", count: 2, items: ["Eve", "Adam"], totals: { people: 2 } },
      ],
      count: 3,
      totals: { people: 4 },
    });
  });

  test("takes apart, drops doubles and makes portions", () => {
    expect(work({ flatten: "tags", unique: ".", sort: {}, chunk: 2 }, people).items).toEqual([
      ["garden", "math"],
      ["spy"],
    ]);
    expect(work({ unique: "city.name", pluck: "name" }, people).items).toEqual(["Ada", "Bob", "Eve"]);
  });

  test("an empty list stays one, and null is one", () => {
    const totals = { all: "count", sum: "sum x", mean: "avg x", least: "min x" };
    const empty = { items: [], count: 0, totals: { all: 0, sum: 0, mean: null, least: null } };
    expect(work({ totals, sort: {}, flatten: "x", unique: "." }, [])).toEqual(empty);
    expect(work({ totals }, null)).toEqual(empty);
  });

  test("something else than a list is refused", () => {
    expect(() => work({}, "abc")).toThrow(expect.objectContaining({ code: "list.not-a-list" }));
  });
});

describe("totals", () => {
  test.each([
    ["count", { how: "count", of: "" }],
    [" sum  price ", { how: "sum", of: "price" }],
    ["avg of order.price", { how: "avg", of: "order.price" }],
    ["max", { how: "max", of: "" }],
    ["average price", undefined],
    ["", undefined],
  ])("“%s”", (text, total) => expect(parseTotal(text)).toEqual(total));

  test("add up cents exactly and leave out what is empty", () => {
    const cents = Array.from({ length: 1000 }, () => ({ price: 0.1 }));
    expect(totalOf([...cents, { price: null }], { how: "sum", of: "price" })).toBe(100);
    expect(totalOf([{ price: 1 }, { price: null }, { price: 2 }], { how: "avg", of: "price" })).toBe(1.5);
    expect(totalOf(["b", null, "a"], { how: "max", of: "" })).toBe("b");
  });

  test("a text among numbers is named with its place", () => {
    expect(() => totalOf([{ price: 1 }, { price: "2" }], { how: "sum", of: "price" })).toThrow(
      expect.objectContaining({ code: "list.not-a-number", params: { field: "price", value: '"2"', entry: 2 } }),
    );
  });
});

describe("what it promises of its output", () => {
  const person: JsonSchema = {
    type: "object",
    properties: {
      name: { type: "string" },
      age: { type: ["number", "null"] },
      city: {
        anyOf: [{ type: "object", properties: { name: { type: "string" } }, required: ["name"] }, { type: "null" }],
      },
      tags: { type: "array", items: { type: "string" } },
    },
    required: ["name", "age", "city", "tags"],
  };
  const inference = { valueAt: () => ({ type: "array", items: person }), flow: () => undefined };

  test.each<[string, JsonObject]>([
    ["as it is", {}],
    ["one field", { pluck: "age" }],
    ["taken apart", { flatten: "tags", unique: "." }],
    ["in portions", { chunk: 3, sort: { by: "name" } }],
    ["grouped", { group: "city.name", pluck: "tags", totals: { oldest: "max age", mean: "avg age", n: "count" } }],
    ["a field that there isn’t", { pluck: "shoe.size" }],
  ])("%s holds", (_what, config) => {
    const parsed = listConfig.parse({ ...config, items: "people" });
    expect(mismatch(listOutput(parsed, inference), work(config, people))).toBeUndefined();
  });

  test("knows what is in the list", () => {
    const schemaOf = (config: JsonObject) =>
      listOutput(listConfig.parse({ ...config, items: "people" }), inference).properties!["items"]!.items;
    expect(schemaOf({ pluck: "name" })).toEqual({ type: "string" });
    expect(schemaOf({ flatten: "tags" })).toEqual({ type: "string" });
    expect(schemaOf({ group: "name" })!.properties!["key"]).toEqual({ type: "string" });
  });
});

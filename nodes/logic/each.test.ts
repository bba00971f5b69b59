import { describe, expect, test } from "vitest";
import type { JsonObject, JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { problemMessage } from "../../engine/flow/index.ts";
import { analyze } from "../testing/run-flow.ts";
import { runSample } from "../testing/run-sample.ts";
import { each } from "./each.ts";
import { itemSchema, itemsOf } from "./each-items.ts";

const step = each.role === "step" ? each : undefined!;

describe("what it goes through", () => {
  test.each<[string, JsonValue, JsonValue[]]>([
    ["a list", ["a", null], ["a", null]],
    [
      "an object",
      { a: 1, b: [2] },
      [
        { key: "a", value: 1 },
        { key: "b", value: [2] },
      ],
    ],
    ["a number", 3, [0, 1, 2]],
    ["nothing", null, []],
    ["an empty list", [], []],
  ])("%s", (_what, value, items) => expect(itemsOf(value, 10)).toEqual(items));

  test.each<[string, JsonValue]>([
    ["a text", "abc"],
    ["half a number", 2.5],
    ["less than nothing", -1],
    ["a yes", true],
  ])("%s is refused, and shown", (_what, value) => {
    expect(() => itemsOf(value, 10)).toThrow(
      expect.objectContaining({ code: "each.not-a-list", params: { value: JSON.stringify(value) } }),
    );
  });

  test("more than the limit is refused before anything runs, also of a number without making the list", () => {
    for (const value of [[1, 2, 3], { a: 1, b: 2, c: 3 }, 1e15]) {
      expect(() => itemsOf(value, 2)).toThrow(expect.objectContaining({ code: "each.too-many" }));
    }
  });

  test("tells steps inside what an item is", () => {
    const list: JsonSchema = { type: "array", items: { type: "string" } };
    expect(itemSchema(list)).toEqual({ type: "string" });
    expect(itemSchema({ anyOf: [list, { type: "null" }] })).toEqual({ type: "string" });
    expect(itemSchema({ type: "number" })).toEqual({ type: "integer" });
    expect(itemSchema({})).toEqual({});
    const entries: JsonSchema = { type: "object", properties: { a: { type: "number" } }, additionalProperties: false };
    expect(itemSchema(entries).properties).toMatchObject({ key: { type: "string" }, value: { type: "number" } });
    expect(itemSchema({ type: "object" }).properties).toMatchObject({ value: {} });
  });
});

const ODD_FAILS = {
  nodes: {
    ask: { type: "condition", config: { cases: [{ id: "odd", when: "item % 2 == 1" }] } },
    refuse: { type: "stop", config: { message: "{{ item }} is odd" } },
  },
  edges: [{ from: "ask", port: "odd", to: "refuse" }],
};

function run(config: JsonObject) {
  const sample = { config, scope: { given: { list: [0, 2, 3, 4, 5, 6] } }, body: ODD_FAILS };
  return runSample(step, sample, { services: NO_SERVICES });
}

describe("a round that fails", () => {
  const config = { items: "given.list", collect: "{{ item * 10 }}", concurrency: 2 };

  test("stops everything by default: the first by position is told and no further round begins", async () => {
    const { error, events } = await run({ ...config, concurrency: 1 });
    expect(error).toMatchObject({ code: "flow.stopped", message: "3 is odd" });
    const begun = events.filter((event) => event.type === "step.ready" && event.path.endsWith("/ask"));
    expect(begun.map((event) => "path" in event && event.path)).toEqual([
      "subject[0]/ask",
      "subject[1]/ask",
      "subject[2]/ask",
    ]);
  });

  test("is left out of the results, or is empty there, and is listed", async () => {
    const failed = [
      { index: 2, error: { code: "flow.stopped", message: "3 is odd" } },
      { index: 4, error: { code: "flow.stopped", message: "5 is odd" } },
    ];
    expect((await run({ ...config, onError: "skip" })).output).toEqual({ items: [0, 20, 40, 60], count: 6, failed });
    expect((await run({ ...config, onError: "collect" })).output).toEqual({
      items: [0, 20, null, 40, null, 60],
      count: 6,
      failed,
    });
  });
});

test("keeps nothing where nothing is to be kept", async () => {
  const sample = {
    config: { items: "3" },
    body: { nodes: { a: { type: "template", config: { text: "{{ index }}" } } } },
  };
  expect((await runSample(step, sample, { services: NO_SERVICES })).output).toEqual({
    items: [],
    count: 3,
    failed: [],
  });
});

test("rounds in rounds see both, the inner one first", async () => {
  const inner = { items: "item.list", collect: "{{ item }}-{{ index }}" };
  const sample = {
    config: { items: "given.groups", collect: "{{ inner.items }}" },
    scope: { given: { groups: [{ list: ["a", "b"] }, { list: ["c"] }] } },
    body: { nodes: { inner: { type: "each", config: inner } } },
  };
  const { output } = await runSample(step, sample, { services: NO_SERVICES });
  expect(output).toMatchObject({ items: [["a-0", "b-1"], ["c-0"]] });
});

describe("what is read of its steps from outside", () => {
  const flow = (type: string, config: string) => `heddle: 1
name: Names
nodes:
  start: { type: start, config: { fields: { names: { type: json } } } }
  rounds:
    type: ${type}
    config: { ${config} }
    body: { nodes: { greet: { type: template, config: { text: Hello } } } }
  reply: { type: answer, config: { text: "{{ greet.text }}" } }
edges:
  - start -> rounds
  - rounds -> reply
`;
  const said = (text: string) => analyze(text).problems.map((found) => problemMessage("en", found));

  test("says which setting has to keep it, where nothing is kept", () => {
    expect(said(flow("each", "items: start.names"))).toEqual([
      expect.stringMatching(/keeps nothing.*“Keep of each round”.*\{\{ greet\.text \}\}.*use \{\{ rounds\.items \}\}/),
    ]);
    expect(said(flow("loop", "times: 2"))).toEqual([expect.stringContaining("“State for the next round”")]);
    const kept = flow("each", 'items: start.names, collect: "{{ greet.text }}"');
    expect(said(kept)).toEqual([expect.stringMatching(/can’t be read from outside; use \{\{ rounds\.items \}\}/)]);
  });
});

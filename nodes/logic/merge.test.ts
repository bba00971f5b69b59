import { describe, expect, test } from "vitest";
import type { Inference } from "../../engine/flow/node-types.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import { mismatch } from "../schema-check.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { mergeNode } from "./merge.ts";
import { switchNode } from "./switch.ts";

const TEXT: JsonSchema = { type: "string" };
const MAYBE: JsonSchema = { anyOf: [{ type: "string" }, { type: "null" }] };
const NUMBERS: JsonSchema = { type: "array", items: { type: "number" } };
const PERSON: JsonSchema = { type: "object", properties: { name: TEXT, age: { type: "number" } }, required: ["name"] };

/** What a merge of values with these schemas promises. */
function promised(how: string, schemas: JsonSchema[]): JsonSchema {
  const inference: Inference = { valueAt: (keys) => schemas[Number(keys.at(-1))] ?? {}, flow: () => undefined };
  return mergeNode.output(mergeNode.config.parse({ how, values: schemas.map(() => null) }), inference);
}

const merged = async (how: string, values: JsonValue[]) =>
  (await runSample(mergeNode, { config: { how, values } }, { services: NO_SERVICES })).output!;

describe("a merge", () => {
  test.each<[string, string, JsonSchema[], JsonValue[], JsonValue]>([
    ["the first that is there", "first", [MAYBE, TEXT], [null, "b"], "b"],
    ["nothing where all are empty", "first", [MAYBE, MAYBE], [null, null], null],
    ["what is no, nought or empty but there", "first", [{ type: "boolean" }, TEXT], [false, "b"], false],
    [
      "a field of either, the later one first",
      "combine",
      [PERSON, PERSON],
      [{ name: "Ada", age: 36 }, { name: "Eve" }],
      { name: "Eve", age: 36 },
    ],
    ["what is there of what may be missing", "combine", [{ anyOf: [PERSON, { type: "null" }] }], [null], {}],
    ["all entries, a single value as one", "concatenate", [NUMBERS, { type: "number" }], [[1, 2], 3], [1, 2, 3]],
    ["anything of what is unknown", "concatenate", [{}, NUMBERS], [["a"], [1]], ["a", 1]],
  ])("gives %s, as it promised", async (_what, how, schemas, values, expected) => {
    const output = await merged(how, values);
    expect(output).toEqual({ value: expected });
    expect(mismatch(promised(how, schemas), output)).toBeUndefined();
  });

  test("knows what it can’t be", () => {
    expect(mismatch(promised("first", [MAYBE, TEXT]), { value: 3 })).toBeDefined();
    expect(mismatch(promised("concatenate", [NUMBERS]), { value: ["a"] })).toBeDefined();
  });

  test("of objects and something else says what doesn’t fit", async () => {
    const { error } = await runSample(
      mergeNode,
      { config: { how: "combine", values: [{ a: 1 }, [2]] } },
      { services: NO_SERVICES },
    );
    expect(error).toMatchObject({ code: "merge.not-an-object", params: { value: "[2]" } });
  });
});

describe("a switch", () => {
  const taken = async (value: JsonValue, ...whens: JsonValue[]) => {
    const config = { value, cases: whens.map((when, index) => ({ id: `case_${index}`, when })) };
    return (await runSample(switchNode, { config }, { services: NO_SERVICES })).port;
  };

  test.each<[JsonValue, JsonValue[], string]>([
    [1, [2, 1, 1], "case_1"],
    [true, [1, '"true"'], "else"],
    [2, [[1, 2], 2], "case_0"],
    [
      [1, 2],
      [
        [2, 1],
        [1, 2],
      ],
      "case_1",
    ],
    [null, [0, false], "else"],
  ])("of %j among %j goes to %s", async (value, whens, port) => expect(await taken(value, ...whens)).toBe(port));

  test("gives each way a name of its own", () => {
    const problem = (...ids: string[]) =>
      switchNode.config.safeParse({ value: "x", cases: ids.map((id) => ({ id, when: "1" })) }).error?.issues[0]
        ?.message;
    expect(problem("a", "b")).toBeUndefined();
    expect(problem("a", "a")).toContain("Two cases");
    expect(
      [problem("else"), problem("error"), problem("undo")].every((text) => text?.includes("another way out")),
    ).toBe(true);
  });
});

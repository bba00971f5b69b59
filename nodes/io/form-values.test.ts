import { describe, expect, test } from "vitest";
import { formFieldSchema, type FormFields } from "./form-field.ts";
import { readForm } from "./form-values.ts";

const FIELDS: FormFields = {
  message: { type: "string" },
  amount: { type: "number", optional: true },
  urgent: { type: "boolean", default: false },
  team: { type: "choice", choices: ["sales", "support"], optional: true },
  extra: { type: "json", optional: true },
};

describe("the values of a form", () => {
  test("are what was given, defaults where nothing was, null where nothing need be", () => {
    expect(readForm(FIELDS, { message: "Hi", extra: [1, { a: 2 }] })).toEqual({
      message: "Hi",
      amount: null,
      urgent: false,
      team: null,
      extra: [1, { a: 2 }],
    });
    expect(readForm(FIELDS, { message: "", urgent: true, team: "sales", amount: 0 })).toMatchObject({
      message: "",
      urgent: true,
      team: "sales",
      amount: 0,
    });
  });

  test("null counts as not given", () => {
    expect(readForm(FIELDS, { message: "Hi", urgent: null, amount: null })).toMatchObject({
      urgent: false,
      amount: null,
    });
  });

  test.each([
    ["nothing at all", null, "input.missing", { field: "message" }],
    ["a missing field", { amount: 3 }, "input.missing", { field: "message" }],
    [
      "a number for text",
      { message: 3 },
      "input.wrong-type",
      { field: "message", expected: "text", actual: "a number" },
    ],
    ["text for a number", { message: "", amount: "3" }, "input.wrong-type", { field: "amount", actual: "text" }],
    ["a list for yes or no", { message: "", urgent: [] }, "input.wrong-type", { field: "urgent", actual: "a list" }],
    [
      "another choice",
      { message: "", team: "legal" },
      "input.not-a-choice",
      { value: "legal", choices: "sales, support" },
    ],
    ["a field that isn’t asked for", { message: "", mesage: "" }, "input.unknown-field", { field: "mesage" }],
    ["no object", "Hi", "input.wrong-type", { field: "input", expected: "an object" }],
  ])("%s is refused by name", (_what, input, code, params) => {
    expect(() => readForm(FIELDS, input)).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining(params) }),
    );
  });

  test("all that is wrong is told at once", () => {
    expect(() => readForm(FIELDS, { amount: "x", team: "legal" })).toThrow(
      expect.objectContaining({
        code: "input.several",
        params: { count: 3, detail: expect.stringMatching(/“message” is missing.*“amount” must be.*“team” can’t be/s) },
      }),
    );
  });
});

describe("a field as it is written", () => {
  const pathsOf = (field: object) => formFieldSchema.safeParse(field).error?.issues.map(({ path }) => path.join("."));

  test.each([
    ["a choice without choices", { type: "choice" }, ["choices"]],
    ["a choice whose default isn’t one", { type: "choice", choices: ["a"], default: "b" }, ["default"]],
    ["a number whose default is text", { type: "number", default: "3" }, ["default"]],
    ["a type that there isn’t", { type: "date" }, ["type"]],
  ])("%s is a problem", (_what, field, paths) => expect(pathsOf(field)).toEqual(paths));

  test("may have any data as default where any data may be given", () => {
    expect(pathsOf({ type: "json", default: [1, { a: 2 }] })).toBeUndefined();
    expect(pathsOf({ type: "boolean", default: false })).toBeUndefined();
  });
});

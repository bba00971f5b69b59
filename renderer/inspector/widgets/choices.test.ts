import { expect, test } from "vitest";
import type { Text } from "../../../engine/lib/text.ts";
import { choicesOf } from "./choices.ts";

const schema = {
  enum: ["skip", "POST"],
  heddle: { choices: { skip: { en: "Leave it out", zh: "略去" } } },
};

test("shows what a value is called, and beside it the word of the file", () => {
  expect(choicesOf(schema, ({ zh }: Text) => zh)).toEqual([
    { value: "skip", label: "略去", hint: "skip" },
    { value: "POST", label: "POST" },
  ]);
});

test("says a word once that is called what it is", () => {
  const named = { enum: ["one"], heddle: { choices: { one: { en: "one", zh: "一" } } } };
  expect(choicesOf(named, ({ en }: Text) => en)).toEqual([{ value: "one", label: "one" }]);
});

test("takes a value's name from nowhere but the hint", () => {
  expect(choicesOf({ enum: ["constructor"], heddle: { choices: {} } }, ({ en }: Text) => en)).toEqual([
    { value: "constructor", label: "constructor" },
  ]);
});

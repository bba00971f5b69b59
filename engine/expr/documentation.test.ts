import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FUNCTIONS } from "./functions.ts";

const text = readFileSync(new URL("../../docs/expressions.md", import.meta.url), "utf8");

it.each(Object.keys(FUNCTIONS))("docs/expressions.md tells of %s", (name) => {
  expect(text).toMatch(new RegExp(`\`${name}[\`(]`));
});

import { expect, it } from "vitest";
import { readFlow } from "../../../engine/flow/index.ts";
import { sameMeaning } from "./same-meaning.ts";

const TEXT = `heddle: 1
name: Small
nodes:
  start: { type: start }
  answer: { type: answer, config: { text: hello } }
edges:
  - start -> answer
layout:
  start: [0, 0]
`;
const read = (text: string) => readFlow(text).flow;

it("is kept when a box moves or the flow is called otherwise", () => {
  const moved = TEXT.replace("[0, 0]", "[40, 80]").replace("Small", "Tiny");
  expect(sameMeaning(read(TEXT), read(moved))).toBe(true);
});

it("changes with a setting or a wire", () => {
  expect(sameMeaning(read(TEXT), read(TEXT.replace("hello", "bye")))).toBe(false);
  expect(sameMeaning(read(TEXT), read(TEXT.replace("  - start -> answer\n", "  []\n")))).toBe(false);
});

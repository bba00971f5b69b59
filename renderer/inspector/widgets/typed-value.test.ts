import { describe, expect, it } from "vitest";
import { readTyped, typedText } from "./typed-value.ts";

describe("a value typed as text", () => {
  it.each([
    ["5", 5],
    ["-1.5", -1.5],
    ["true", true],
    ['["a"]', ["a"]],
    ['{"a": 1}', { a: 1 }],
    ["{{ start.message }}", "{{ start.message }}"],
    ["5 apples", "5 apples"],
    ["trueish", "trueish"],
    ["{ a: 1", "{ a: 1"],
    ['"5"', "5"],
  ])("%s", (text, value) => {
    expect(readTyped(text)).toEqual(value);
  });

  it("stays text where text is wanted", () => {
    expect(readTyped("1042", { type: "string" })).toBe("1042");
  });

  it.each(["5", "true", "plain", "[x", "", 5, { a: [true] }, null])("comes back as it was: %j", (value) => {
    expect(readTyped(typedText(value))).toEqual(value);
  });
});

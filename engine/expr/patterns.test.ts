import { describe, expect, it } from "vitest";
import { safePattern } from "./patterns.ts";

describe("patterns", () => {
  it.each([
    "^[A-Z]{2}-\\d+$",
    "(ab|cd)",
    "a+b*c{2,}",
    "(\\d{3})+",
    "([+*]){3}",
    "\\(a+\\)+",
    "^\\S+@\\S+\\.\\S+$",
    "(a{3})*",
    "x*",
  ])("%s is taken", (pattern) => expect(safePattern(pattern)).toBeInstanceOf(RegExp));

  it.each(["(a+)+$", "(a*)*", "(a|a)*$", "((a+)b)+", "([a-z]+)*", "(a{1,}){2,}", "(", "[z-a]", "x".repeat(600)])(
    "%s is refused",
    (pattern) => {
      expect(safePattern(pattern)).toBeUndefined();
    },
  );
});

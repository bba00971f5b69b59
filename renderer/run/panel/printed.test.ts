import { expect, test } from "vitest";
import { printedBefore } from "./printed.ts";

test("what code printed before it failed stands in its error", () => {
  expect(printedBefore({ params: { line: 3, printed: "price 12\nprice NaN" } })).toBe("price 12\nprice NaN");
});

test("other errors printed nothing", () => {
  expect(printedBefore(undefined)).toBeUndefined();
  expect(printedBefore({ params: {} })).toBeUndefined();
  expect(printedBefore({ params: { printed: "" } })).toBeUndefined();
});

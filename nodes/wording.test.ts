import { expect, test } from "vitest";
import { excerpt, nameList } from "./wording.ts";

test("names stand in a row, and long rows say how many there are", () => {
  expect(nameList([])).toEqual({ en: "", zh: "" });
  expect(nameList(["a"])).toEqual({ en: "**a**", zh: "**a**" });
  expect(nameList(["a", "b", "c"])).toEqual({ en: "**a**, **b** and **c**", zh: "**a**、**b**和**c**" });
  expect(nameList(["a", "b", "c", "d"], 2)).toEqual({ en: "**a**, **b** and 2 more", zh: "**a**、**b** 等 4 项" });
});

test("an excerpt is one line and never cuts a reference", () => {
  expect(excerpt("Dear\n  {{ who.name }},")).toBe("Dear {{ who.name }},");
  expect(excerpt("x".repeat(100), 10)).toBe(`${"x".repeat(10)}…`);
  expect(excerpt("Order {{ details.order }} is late", 12)).toBe("Order…");
});

import { expect, it } from "vitest";
import { visibleRows } from "./use-window.ts";

it("draws what is in sight and a little more", () => {
  expect(visibleRows({ top: 26_000, height: 260 }, 26, 100_000)).toEqual({ first: 988, end: 1022 });
});

it("stays inside the list", () => {
  expect(visibleRows({ top: 0, height: 260 }, 26, 5)).toEqual({ first: 0, end: 5 });
  expect(visibleRows({ top: 9_000, height: 260 }, 26, 3)).toEqual({ first: 3, end: 3 });
});

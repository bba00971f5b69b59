import { expect, test } from "vitest";
import { guestTypes } from "./guest-types.ts";

test("code can name its input's type and print in every way that the sandbox has", () => {
  const types = guestTypes("{ total: number }");
  expect(types).toContain("type Input = { total: number };");
  for (const name of ["log", "info", "warn", "error", "debug"])
    expect(types).toContain(`${name}(...values: unknown[])`);
});

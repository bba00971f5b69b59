import { expect, it } from "vitest";
import { errorOutput, nullOutput } from "./null-output.ts";

it("is null for each known property, or null where there are none to know", () => {
  expect(nullOutput({ type: "object", properties: { text: { type: "string" }, n: {} } })).toEqual({
    text: null,
    n: null,
  });
  expect(nullOutput({ type: "object" })).toEqual({});
  expect(nullOutput({ type: "string" })).toBeNull();
  expect(nullOutput({})).toBeNull();
});

it("keeps the error beside the nulls", () => {
  expect(errorOutput({ text: null }, { code: "c" })).toEqual({ text: null, error: { code: "c" } });
  expect(errorOutput(null, { code: "c" })).toEqual({ error: { code: "c" } });
});

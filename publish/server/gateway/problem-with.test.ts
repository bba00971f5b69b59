import { expect, it } from "vitest";
import { z } from "zod";
import { answerRequestSchema, eventRequestSchema } from "../../api.ts";
import { problemWith } from "./problem-with.ts";

const form = z.strictObject({ name: z.string(), lines: z.array(z.strictObject({ n: z.number() })).optional() });

it.each<[string, z.ZodType, unknown, string | undefined]>([
  ["what fits", form, { name: "a" }, undefined],
  ["a field too many", form, { name: "a", nmae: "b" }, "“nmae” isn’t known here"],
  ["one deep inside", form, { name: "a", lines: [{ n: 1, m: 2 }] }, "“lines.0.m” isn’t known here"],
  ["what is missing", form, {}, "“name” is missing"],
  ["a value that may be anything and is missing", answerRequestSchema, { path: "a" }, "“value” is missing"],
  ["an empty name", eventRequestSchema, { event: "" }, "“event” is empty"],
])("says %s in words", (_, schema, value, expected) => {
  expect(problemWith(value, schema, "en")).toBe(expected);
});

it("speaks the caller’s language", () => {
  expect(problemWith({ nmae: 1 }, form, "zh")).toBe("缺少“name”；此处没有“nmae”");
});

import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { durationTemplate, parseDuration, readDuration } from "./duration.ts";

describe("a length of time", () => {
  test.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["1.5h", 5_400_000],
    [" 14d ", 1_209_600_000],
    ["1d 12h", 129_600_000],
    ["250", 250],
    ["0", 0],
  ])("%s", (text, ms) => expect(parseDuration(text)).toBe(ms));

  test.each(["", "soon", "5 minutes", "-3s", "3w", "1h-30m"])("“%s” isn’t one", (text) => {
    expect(() => readDuration(text)).toThrow(expect.objectContaining({ code: "input.bad-duration" }));
  });

  test("may be a reference in a form; nothing written is left to the step", () => {
    const field: z.ZodType = durationTemplate({});
    expect([field.safeParse("{{ start.days }}d").success, field.safeParse("").success]).toEqual([true, true]);
    expect(field.safeParse("soon").error?.issues[0]?.message).toContain("30s");
  });
});

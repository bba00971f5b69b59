import { describe, expect, test } from "vitest";
import { isTimeZone, readTime } from "./time-zone.ts";

const utc = (text: string, zone?: string) => {
  const at = readTime(text, zone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe("a date and time", () => {
  test.each([
    ["2026-03-01T09:00:00Z", undefined, "2026-03-01T09:00:00.000Z"],
    ["2026-03-01T09:00+01:00", "Asia/Shanghai", "2026-03-01T08:00:00.000Z"],
    ["2026-03-01 09:00", "Europe/Berlin", "2026-03-01T08:00:00.000Z"],
    ["2026-07-01 09:00", "Europe/Berlin", "2026-07-01T07:00:00.000Z"],
    ["2026-03-01", "Asia/Shanghai", "2026-02-28T16:00:00.000Z"],
    ["2026-03-01 09:00", undefined, "2026-03-01T09:00:00.000Z"],
    // One hour before and one after the clocks are put forward.
    ["2026-03-29 01:30", "Europe/Berlin", "2026-03-29T00:30:00.000Z"],
    ["2026-03-29 03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25 12:00", "Europe/Berlin", "2026-10-25T11:00:00.000Z"],
    ["2026-01-01 00:00", "America/St_Johns", "2026-01-01T03:30:00.000Z"],
  ])("%s in %s", (text, zone, expected) => expect(utc(text, zone)).toBe(expected));

  test.each(["", "tomorrow", "2026-13-01", "2026-02-30 10:00", "5", "01.02.2026"])("“%s” is none", (text) =>
    expect(utc(text)).toBeUndefined(),
  );
});

test("knows time zones by name", () => {
  expect(["Europe/Berlin", "Asia/Shanghai", "UTC", "Mars/Olympus", ""].map(isTimeZone)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

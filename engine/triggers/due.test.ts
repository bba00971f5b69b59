import { describe, expect, it } from "vitest";
import { dueBetween, nextTimes } from "./due.ts";
import { missedFirings } from "./missed.ts";

const at = (text: string): number => Date.parse(text);
const texts = (times: readonly number[]): string[] => times.map((time) => new Date(time).toISOString().slice(0, 16));

describe("due times", () => {
  it("lie after the first bound and up to the second", () => {
    const due = dueBetween({ cron: "*/5 * * * *" }, at("2026-11-20T11:45Z"), at("2026-11-20T12:00Z"));
    expect(texts(due)).toEqual(["2026-11-20T11:50", "2026-11-20T11:55", "2026-11-20T12:00"]);
    expect(dueBetween({ cron: "*/5 * * * *" }, at("2026-11-20T12:00Z"), at("2026-11-20T12:04Z"))).toEqual([]);
  });

  it("are on the clock of the time zone, whatever daylight saving does", () => {
    const berlin = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
    const expected = ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"];
    expect(texts(nextTimes(berlin, at("2026-03-27T12:00Z"), 3))).toEqual(expected);
    expect(texts(dueBetween(berlin, at("2026-03-27T12:00Z"), at("2026-03-30T12:00Z")))).toEqual(expected);
  });

  it("may have seconds, and of very many the latest are told", () => {
    const until = at("2026-11-20T12:00Z");
    const due = dueBetween({ cron: "* * * * * *" }, until - 86_400_000, until);
    expect(due.at(-1)).toBe(until);
    expect(due.length).toBeGreaterThanOrEqual(1_000);
    expect(due.length).toBeLessThan(10_000);
  });

  it("never come for a date that doesn't exist", () => {
    const never = { cron: "0 0 30 2 *" };
    expect(nextTimes(never, at("2026-01-01T00:00Z"), 3)).toEqual([]);
    expect(dueBetween(never, at("2024-01-01T00:00Z"), at("2026-01-01T00:00Z"))).toEqual([]);
  });

  it("are refused for what is no pattern or no time zone", () => {
    expect(() => nextTimes({ cron: "61 * * * *" }, 0, 1)).toThrow(/minute/);
    expect(() => nextTimes({ cron: "0 * * * *", timeZone: "Nowhere/Land" }, 0, 1)).toThrow(/Nowhere/);
  });
});

describe("missed times", () => {
  const now = at("2026-11-20T12:00:30Z");
  const due = ["2026-11-20T09:00Z", "2026-11-20T10:00Z", "2026-11-20T12:00Z"].map(at);

  it.each([
    ["skip", ["2026-11-20T12:00"]],
    ["once", ["2026-11-20T10:00", "2026-11-20T12:00"]],
    ["all", ["2026-11-20T09:00", "2026-11-20T10:00", "2026-11-20T12:00"]],
  ] as const)("%s", (missed, expected) => {
    expect(texts(missedFirings(due, { missed, now }))).toEqual(expected);
  });
});

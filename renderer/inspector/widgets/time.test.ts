import { describe, expect, it } from "vitest";
import { waitsOf } from "../tabs/fails/retry-waits.ts";
import { cronWords, nextTimes } from "./cron.ts";
import { isDuration, milliseconds, readSingle } from "./duration.ts";
import { localTime, withOffset } from "./local-time.ts";

describe("a length of time", () => {
  it.each([
    ["30s", { count: "30", unit: "s" }],
    [" 1.5 h ", { count: "1.5", unit: "h" }],
    ["500", { count: "500", unit: "ms" }],
    ["1d 12h", undefined],
    ["{{ start.wait }}", undefined],
    ["", undefined],
  ])("%j is a number and a unit", (text, single) => expect(readSingle(text)).toEqual(single));

  it("is checked as a node's own settings want it", () => {
    expect(["500ms", "14d", "1.5h"].every(isDuration)).toBe(true);
    expect(["5", "s", "5 s", "{{ x }}"].some(isDuration)).toBe(false);
    expect([milliseconds("2m"), milliseconds(50), milliseconds("soon")]).toEqual([120_000, 50, 0]);
  });
});

describe("a schedule", () => {
  it("is told in both languages", () => {
    expect(cronWords("0 9 * * 1-5", "en")).toBe("At 09:00, Monday through Friday");
    expect(cronWords("0 9 * * 1-5", "zh")).toMatch(/09:00.*星期一.*星期五/);
    expect(cronWords("nonsense", "en")).toBeUndefined();
  });

  it("has its next times on the clock of a time zone, summer time included", () => {
    const after = new Date("2026-03-28T12:00:00Z");
    const times = nextTimes("0 9 * * *", { timeZone: "Europe/Berlin", after, count: 2 });
    expect(times.map((time) => time.toISOString())).toEqual(["2026-03-29T07:00:00.000Z", "2026-03-30T07:00:00.000Z"]);
    expect(nextTimes("0 9 * *", { after, count: 2 })).toEqual([]);
    expect(nextTimes("0 9 * * *", { timeZone: "Nowhere/At_all", after, count: 1 })).toEqual([]);
  });
});

describe("a moment in a calendar field", () => {
  it("means the same moment after it went through the field", () => {
    const shown = localTime("2026-03-01T08:00:00Z")!;
    expect(shown).toMatch(/^2026-0\d-\d\dT\d\d:\d\d$/);
    expect(new Date(withOffset(shown)).toISOString()).toBe("2026-03-01T08:00:00.000Z");
  });

  it("stays text where it is a reference", () => expect(localTime("{{ start.at }}")).toBeUndefined());
});

describe("the waits between tries", () => {
  it("grow by the factor up to the longest", () => {
    expect(waitsOf({ times: 3, backoff: "1s" })).toEqual(["1.0 s", "2.0 s", "4.0 s"]);
    expect(waitsOf({ times: 4, backoff: "10s", factor: 3, longest: "1m" })).toEqual([
      "10.0 s",
      "30.0 s",
      "1 min 00 s",
      "1 min 00 s",
    ]);
    expect(waitsOf({ times: 9, backoff: "1s", factor: 1 }).at(-1)).toBe("…");
  });
});

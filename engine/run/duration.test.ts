import { expect, it } from "vitest";
import { backoffMs, durationMs, formatMs } from "./duration.ts";

it("reads durations as the flow file writes them", () => {
  expect([250, "500ms", "1.5s", "2m", "1h"].map(durationMs)).toEqual([250, 500, 1_500, 120_000, 3_600_000]);
});

it("shows durations in the largest unit that fits", () => {
  expect([999, 1_500, 90_000, 5_400_000, 0.5].map(formatMs)).toEqual(["999ms", "1.5s", "1.5m", "1.5h", "0.5ms"]);
});

it("doubles the wait up to ten minutes, or the first wait where that is longer", () => {
  expect([1, 2, 3, 4].map((attempt) => backoffMs(1_000, attempt))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(backoffMs(1_000, 20)).toBe(600_000);
  expect(backoffMs(3_600_000, 3)).toBe(3_600_000);
});

import { expect, it } from "vitest";
import { backoffMs, durationMs, formatMs, isWorthRetrying, patienceMs, retryPolicy } from "./duration.ts";

it("reads durations as the flow file writes them", () => {
  expect([250, "500ms", "1.5s", "2m", "1h"].map(durationMs)).toEqual([250, 500, 1_500, 120_000, 3_600_000]);
});

it("shows durations in the largest unit that fits", () => {
  expect([999, 1_500, 90_000, 5_400_000, 0.5].map(formatMs)).toEqual(["999ms", "1.5s", "1.5m", "1.5h", "0.5ms"]);
});

const place = { runId: "r", path: "a" };

it("reads days", () => expect([durationMs("14d"), formatMs(1_209_600_000)]).toEqual([1_209_600_000, "14d"]));

it("doubles the wait up to ten minutes, or the first wait where that is longer", () => {
  const policy = retryPolicy({ times: 20, backoff: "1s" });
  expect([1, 2, 3, 4].map((attempt) => backoffMs(policy, attempt, place))).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(backoffMs(policy, 20, place)).toBe(600_000);
  expect(backoffMs(retryPolicy({ times: 3, backoff: "1h" }), 3, place)).toBe(3_600_000);
});

it("waits as the policy says: its factor, its longest wait", () => {
  const policy = retryPolicy({ times: 9, backoff: 100, factor: 3, longest: "2s" });
  expect([1, 2, 3, 4].map((attempt) => backoffMs(policy, attempt, place))).toEqual([100, 300, 900, 2_000]);
});

it("takes away a share of each wait by chance, the same share in every replay", () => {
  const policy = retryPolicy({ times: 9, backoff: "10s", factor: 1, jitter: 0.5 });
  const waits = [1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(policy, attempt, place));
  expect(waits.every((wait) => wait >= 5_000 && wait <= 10_000)).toBe(true);
  expect(new Set(waits).size).toBe(6);
  expect(waits).toEqual([1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(policy, attempt, place)));
  expect(backoffMs(policy, 1, { ...place, runId: "s" })).not.toBe(waits[0]);
});

it("tries again after the errors that the policy names, else after those that say so", () => {
  const [plain, named] = [
    retryPolicy({ times: 1, backoff: 1 }),
    retryPolicy({ times: 1, backoff: 1, on: ["http.*", "a.b"] }),
  ];
  expect(isWorthRetrying(plain, { code: "a.b", retryable: false })).toBe(false);
  expect(isWorthRetrying(plain, { code: "x.y", retryable: true })).toBe(true);
  expect(isWorthRetrying(named, { code: "a.b", retryable: false })).toBe(true);
  expect(isWorthRetrying(named, { code: "http.status", retryable: false })).toBe(true);
  expect(isWorthRetrying(named, { code: "https.status", retryable: true })).toBe(false);
});

it("whoever refuses may ask for a longer wait", () => {
  expect(patienceMs({ params: { retryAfter: 7, status: 429 } })).toBe(7_000);
  expect(patienceMs({ params: { status: 503 } })).toBe(0);
});

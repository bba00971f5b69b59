import { expect, it } from "vitest";
import { seedOf } from "./seed.ts";

it("is the same for the same step of a run, a whole number below 2^31, and spread", () => {
  expect(seedOf("run", "a")).toBe(seedOf("run", "a"));
  const seeds = Array.from({ length: 2_000 }, (_, index) => seedOf(`run-${index % 20}`, `step ${index}`));
  expect(new Set(seeds).size).toBe(seeds.length);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
  expect(seedOf("a", "b/c")).not.toBe(seedOf("a", "b"));
});

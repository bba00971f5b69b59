import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { LoopReport } from "./testing/long-loop.ts";

const ROUNDS = 100_000;
/** Rounds leave nothing behind: what grows is noise of the heap, about 0.4 MiB where this was written. */
const BOUND = 2 * 2 ** 20;

it("runs a loop of 100,000 rounds in constant memory, and lets its process do other things meanwhile", () => {
  const script = join(import.meta.dirname, "testing/long-loop.ts");
  const ran = spawnSync(process.execPath, ["--expose-gc", script, String(ROUNDS)], { encoding: "utf8" });
  expect(ran.stderr).toBe("");
  const report = JSON.parse(ran.stdout) as LoopReport;
  expect(report.events).toBeGreaterThan(6 * ROUNDS);
  expect(report.grownBytes).toBeLessThan(BOUND);
  expect(report.breaths).toBeGreaterThanOrEqual(ROUNDS / 1_000 / 2);
});

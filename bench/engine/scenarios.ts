import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Measurement } from "../report.ts";

const MIB = 1024 * 1024;

interface Case {
  name: string;
  unit: string;
  /** The figure that the scenario tells; a limit that was set for it makes the ratio. */
  value(figures: Record<string, number>): number;
  limit?: number;
}

/** Scenarios that need a process of their own, since they measure its memory or keep it busy. */
const SCENARIOS: Readonly<Record<string, readonly Case[]>> = {
  loop: [
    { name: "loop of 100,000 rounds, SQLite", unit: "us/round", value: (told) => told["microsecondsARound"]! },
    {
      name: "loop of 100,000 rounds, held more after round 100,000 than after 10,000",
      unit: "MiB",
      value: (told) => told["growth"]! / MIB,
    },
  ],
  waiting: [
    { name: "10,000 waiting runs, memory of each", unit: "bytes", value: (told) => told["bytesARun"]!, limit: 1_024 },
    {
      name: "10,500 waiting runs, until one event woke and ended all",
      unit: "ms",
      value: (told) => told["millisecondsToWakeAll"]!,
    },
  ],
  concurrent: [
    { name: "single short run, median", unit: "ms", value: (told) => told["singleMedian"]! },
    { name: "single short run, p95", unit: "ms", value: (told) => told["singleP95"]! },
    { name: "1,000 short runs at once, median", unit: "ms", value: (told) => told["togetherMedian"]! },
    { name: "1,000 short runs at once, p95", unit: "ms", value: (told) => told["togetherP95"]! },
    {
      name: "1,000 short runs at once, p95 beside a single run’s",
      unit: "times",
      value: (told) => told["togetherP95"]! / told["singleP95"]!,
      limit: 20,
    },
  ],
  gigabyte: [
    {
      name: "10,000 steps, 1 GiB of outputs, most memory (RSS)",
      unit: "MiB",
      value: (told) => told["rss"]! / MIB,
      limit: 768,
    },
    {
      name: "10,000 steps, 1 GiB of outputs, held more at the end than after a tenth",
      unit: "MiB",
      value: (told) => told["growth"]! / MIB,
    },
    { name: "10,000 steps, 1 GiB of outputs, time", unit: "s", value: (told) => told["seconds"]! },
  ],
};

export async function measureScenarios(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [scenario, cases] of Object.entries(SCENARIOS)) {
    const figures = await figuresOf(scenario);
    for (const { name, unit, value, limit } of cases) {
      const ours = value(figures);
      const ratio = limit === undefined ? null : limit / ours;
      const peerName = limit === undefined ? null : "limit";
      measurements.push({ bench: "engine", case: name, unit, ours, peer: limit ?? null, peerName, ratio });
    }
  }
  return measurements;
}

async function figuresOf(scenario: string): Promise<Record<string, number>> {
  const script = join(import.meta.dirname, "scenario", `${scenario}.ts`);
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script]);
  return JSON.parse(stdout) as Record<string, number>;
}

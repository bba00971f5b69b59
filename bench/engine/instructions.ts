import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Measurement } from "../report.ts";
import { SHAPES } from "./subject.ts";

const FEW = 300;
const MANY = 1_300;
const SIZE = 100;
const SUBJECTS = ["memory", "SQLite", "Rivet"] as const;

/**
 * User-space instructions a node, which don't depend on what else the machine does: Linux's `perf` counts those of a process with few runs and
 * of one with many. Undefined where it isn't there or the machine (a virtual one, often) has no such counter.
 */
export async function measureInstructions(): Promise<Measurement[] | undefined> {
  const measurements: Measurement[] = [];
  for (const shape of SHAPES) {
    const counts: number[] = [];
    for (const subject of SUBJECTS) {
      const [few, many] = [await count(shape, subject, FEW), await count(shape, subject, MANY)];
      if (few === undefined || many === undefined) return undefined;
      counts.push((many - few) / ((MANY - FEW) * SIZE));
    }
    const [memory, sqlite, peer] = counts as [number, number, number];
    for (const [name, ours] of [
      ["memory", memory],
      ["SQLite", sqlite],
    ] as const) {
      const title = `${shape} of ${SIZE}, ${name}, instructions`;
      measurements.push({
        bench: "engine",
        case: title,
        unit: "instructions/node",
        ours,
        peer,
        peerName: "Rivet, runGraph",
        ratio: peer / ours,
      });
    }
  }
  return measurements;
}

async function count(shape: string, subject: string, runs: number): Promise<number | undefined> {
  const script = join(import.meta.dirname, "scenario", "overhead.ts");
  const args = ["stat", "-x", ",", "-e", "instructions:u", process.execPath, script, shape, subject, String(runs)];
  try {
    const { stderr } = await promisify(execFile)("perf", args);
    const line = stderr.split("\n").find((text) => text.includes("instructions"));
    const counted = Number(line?.split(",")[0]);
    return Number.isFinite(counted) && counted > 0 ? counted : undefined;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw thrown;
  }
}

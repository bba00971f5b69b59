/**
 * What an engine adds to each node: a chain of 100 trivial nodes and a fan-out of 100, on our memory and SQLite drivers, and in the same run,
 * taking turns, on LangGraph and Rivet. Every graph is made ready once and answers are checked. Then scenarios in processes of their own: a
 * long loop, many waiting runs, many short runs at once, a run with a gigabyte of outputs.
 * Usage: npm run bench engine [-- --json] [-- --samples=30] [-- --clock=cpu]
 * The clock is the wall's. On a machine that is busy with other things, `--clock=cpu` counts the processor time of this process instead
 * (all its threads and its system calls; not the waits for the disk).
 */
import { report, type Measurement } from "../report.ts";
import { measureInstructions } from "./instructions.ts";
import { measureOverhead } from "./overhead.ts";
import { measureScenarios } from "./scenarios.ts";
import { SHAPES } from "./subject.ts";

const samples = Number(process.argv.find((arg) => arg.startsWith("--samples="))?.split("=")[1] ?? 30);
const byProcessor = process.argv.includes("--clock=cpu");

// Rivet warns in every fan-out of its own 101st listener; printing that would be measured with it.
process.removeAllListeners("warning");
const measurements: Measurement[] = [];
for (const shape of SHAPES) measurements.push(...(await measureOverhead(shape, { samples, byProcessor })));
const instructions = await measureInstructions();
measurements.push(...(instructions ?? []), ...(await measureScenarios()));
report(measurements);
if (!instructions)
  console.error("Instructions a node: not measured, this machine offers no counter of them (perf stat).");

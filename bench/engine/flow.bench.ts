/**
 * What a large flow costs as it is edited: reading its file, analysing it whole, and again after one edit. The flow has 2,000 nodes, 3,000
 * edges and 200 bodies, of the built-in node types. `ratio` is the limit that was set for it / ours.
 * Usage: npm run bench flow [-- --json] [-- --samples=30] [-- --clock=cpu]
 * The clock is the wall's. On a machine that is busy with other things, `--clock=cpu` counts the processor time of the thread instead.
 */
import {
  analyzeFlow,
  applyCommand,
  createAnalyzer,
  readFlow,
  rewriteFlow,
  type FlowCommand,
} from "../../engine/flow/index.ts";
import { freshText } from "../../engine/flow/text/fresh.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { planRun } from "../../engine/run/plan.ts";
import { NODES } from "../../nodes/index.ts";
import { report, type Measurement } from "../report.ts";
import { largeFlow } from "./large-flow.ts";

const SIZE = 2000;
const samples = Number(process.argv.find((arg) => arg.startsWith("--samples="))?.split("=")[1] ?? 30);

const byProcessor = process.argv.includes("--clock=cpu");

/** Milliseconds from some beginning. */
function clock(): number {
  if (!byProcessor) return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const catalog = createCatalog(NODES);
const text = freshText(largeFlow(SIZE));
const source = readFlow(text);
const shown = analyzeFlow(source, catalog).problems.filter(({ severity }) => severity === "error");
if (shown.length > 0) throw new Error(`The flow has problems: ${JSON.stringify(shown[0])}`);

interface Case {
  name: string;
  /** ms */
  limit?: number;
  /** Makes ready what isn't measured, and returns what is. */
  prepare(round: number): () => unknown;
}

const MIDDLE = `praise_${SIZE / 20}`;
const configure = (round: number): FlowCommand => ({
  do: "node.configure",
  key: MIDDLE,
  path: ["config", "text"],
  value: `Number ${round}: {{ start.message }}`,
});
const rewire = (round: number): FlowCommand => {
  const edge = { from: `sort_${SIZE / 20}`, port: "out", to: MIDDLE };
  return round % 2 === 0 ? { do: "edge.connect", edge } : { do: "edge.disconnect", edge };
};
const typed = (round: number): string => text.replace(`title: praise ${SIZE / 20}\n`, `title: praise no. ${round}\n`);

/** Analyses one edit after the other. */
function edits(command: (round: number) => FlowCommand): Case["prepare"] {
  const analyzer = createAnalyzer(catalog);
  let { flow } = source;
  analyzer.analyze({ flow, problems: [] });
  return (round) => {
    flow = applyCommand(flow, command(round), catalog).flow;
    return () => analyzer.analyze({ flow, problems: [] });
  };
}

/** Reads one text after the other, and analyses it with its places. */
function keystrokes(analyzes: boolean): Case["prepare"] {
  const analyzer = createAnalyzer(catalog);
  let last = source;
  analyzer.analyze(last);
  return (round) => () => {
    last = readFlow(typed(round), last);
    if (analyzes) analyzer.analyze(last);
  };
}

function canvasEdits(): Case["prepare"] {
  let last = source;
  return (round) => () => {
    last = rewriteFlow(last, applyCommand(last.flow, configure(round), catalog).flow);
  };
}

const CASES: readonly Case[] = [
  { name: "read the file", prepare: () => () => readFlow(text) },
  { name: "analyse it whole", limit: 50, prepare: () => () => createAnalyzer(catalog).analyze(source) },
  { name: "plan a run of it", limit: 50, prepare: () => () => planRun(source.flow, catalog) },
  { name: "analyse after one setting changed", limit: 16, prepare: edits(configure) },
  { name: "analyse after one edge changed", limit: 16, prepare: edits(rewire) },
  { name: "read after one keystroke", prepare: keystrokes(false) },
  { name: "read and analyse after one keystroke", limit: 16, prepare: keystrokes(true) },
  { name: "write one setting and read it back", prepare: canvasEdits() },
];

const at = (sorted: readonly number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;

/** Milliseconds of each round, in order of size, after a few that warm up. */
function timesOf({ prepare }: Case): number[] {
  const times: number[] = [];
  const warmUp = Math.max(3, Math.round(samples / 5));
  for (let round = 0; round < samples + warmUp; round++) {
    const run = prepare(round);
    const started = clock();
    run();
    if (round >= warmUp) times.push(clock() - started);
  }
  return times.toSorted((a, b) => a - b);
}

const measured = CASES.flatMap((one): Measurement[] => {
  const times = timesOf(one);
  const figure = (name: string, ours: number): Measurement => ({
    bench: "flow",
    case: `${one.name}, ${name}`,
    unit: "ms",
    ours,
    peer: one.limit ?? null,
    peerName: one.limit === undefined ? null : "limit",
    ratio: one.limit === undefined ? null : one.limit / ours,
  });
  return [figure("median", at(times, 0.5)), figure("p95", at(times, 0.95))];
});
report(measured);

/**
 * What an engine adds to each node: a chain of 100 trivial nodes and a fan-out of 100, on our memory and SQLite drivers, and in the same run,
 * taking turns, on LangGraph and Rivet. Every graph is made ready once and answers are checked.
 * Usage: npm run bench engine [-- --json] [-- --samples=30] [-- --clock=cpu]
 * The clock is the wall's. On a machine that is busy with other things, `--clock=cpu` counts the processor time of this process instead
 * (all its threads and its system calls; not the waits for the disk).
 */
import { report, type Measurement } from "../report.ts";
import { heddleInMemory, heddleOnSqlite } from "./heddle.ts";
import { langGraph } from "./peers/langgraph.mjs";
import { rivet, rivetKept } from "./peers/rivet.mjs";
import { answerOf, SHAPES, type Shape, type Subject } from "./subject.ts";

const SIZE = 100;
const samples = Number(process.argv.find((arg) => arg.startsWith("--samples="))?.split("=")[1] ?? 30);
const byProcessor = process.argv.includes("--clock=cpu");
/** One sample lasts about this long, so that a fast subject isn't measured by one tick of the clock. */
const SAMPLE_MS = 30;

async function measure(shape: Shape): Promise<Measurement[]> {
  const ours = [heddleInMemory(shape, SIZE), heddleOnSqlite(shape, SIZE)];
  const peers = [
    rivet(shape, SIZE),
    rivetKept(shape, SIZE),
    langGraph(shape, SIZE, { saver: false }),
    langGraph(shape, SIZE, { saver: true }),
  ];
  const figures = await takeTurns(shape, [...ours, ...peers]);
  for (const subject of [...ours, ...peers]) subject.close?.();
  return ours.flatMap((subject) =>
    peers.map((peer) => {
      const [own, other] = [figures.get(subject)!, figures.get(peer)!];
      const name = `${shape} of ${SIZE}, ${subject.name.split(", ")[1]}`;
      return {
        bench: "engine",
        case: name,
        unit: "us/node",
        ours: own,
        peer: other,
        peerName: peer.name,
        ratio: other / own,
      };
    }),
  );
}

/** Microseconds a node (the lower quartile: a busy machine disturbs the rest), each subject in every round, in an order that moves on by one from round to round. */
async function takeTurns(shape: Shape, subjects: readonly Subject[]): Promise<Map<Subject, number>> {
  const runs = new Map<Subject, number>();
  for (const subject of subjects) runs.set(subject, await warmUp(shape, subject));
  const taken = new Map(subjects.map((subject) => [subject, [] as number[]]));
  for (let round = 0; round < samples; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const subject = subjects[(round + turn) % subjects.length]!;
      taken.get(subject)!.push(await sample(subject, runs.get(subject)!));
    }
  }
  return new Map(subjects.map((subject) => [subject, lowerQuartile(taken.get(subject)!)]));
}

const lowerQuartile = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 2]!;

/** Runs until the compiler has settled, checks every answer, and tells how many runs make a sample. */
async function warmUp(shape: Shape, subject: Subject): Promise<number> {
  const until = performance.now() + 1_000;
  for (let input = 0; performance.now() < until || input < 5; input++) {
    const [answer, right] = [await subject.run(input), answerOf(shape, SIZE, input)];
    if (answer !== right) throw new Error(`${subject.name} answers ${answer}, not ${right}`);
  }
  const began = performance.now();
  await subject.run(0);
  return Math.max(1, Math.round(SAMPLE_MS / (performance.now() - began)));
}

/** Runs once unmeasured, so that the processor's caches are the subject's own. */
async function sample(subject: Subject, runs: number): Promise<number> {
  await subject.run(0);
  const began = microseconds();
  for (let run = 0; run < runs; run++) await subject.run(run);
  return (microseconds() - began) / (runs * SIZE);
}

function microseconds(): number {
  if (!byProcessor) return performance.now() * 1_000;
  const { user, system } = process.cpuUsage();
  return user + system;
}

// Rivet warns in every fan-out of its own 101st listener; printing that would be measured with it.
process.removeAllListeners("warning");
const measurements: Measurement[] = [];
for (const shape of SHAPES) measurements.push(...(await measure(shape)));
report(measurements);

import type { Measurement } from "../report.ts";
import { heddleInMemory, heddleOnSqlite } from "./heddle.ts";
import { langGraph } from "./peers/langgraph.mjs";
import { rivet, rivetKept } from "./peers/rivet.mjs";
import { answerOf, type Shape, type Subject } from "./subject.ts";

const SIZE = 100;
/** One sample lasts about this long, so that a fast subject isn't measured by one tick of the clock. */
const SAMPLE_MS = 30;

export interface OverheadOptions {
  samples: number;
  /** Counts the processor time of this process instead of the wall's. */
  byProcessor: boolean;
}

interface Figures {
  median: number;
  p95: number;
}

/** What our drivers and the peers add to a node, taking turns in one run. */
export async function measureOverhead(shape: Shape, options: OverheadOptions): Promise<Measurement[]> {
  const ours = [heddleInMemory(shape, SIZE), heddleOnSqlite(shape, SIZE)];
  const peers = [
    rivet(shape, SIZE),
    rivetKept(shape, SIZE),
    langGraph(shape, SIZE, { saver: false }),
    langGraph(shape, SIZE, { saver: true }),
  ];
  const figures = await takeTurns(shape, [...ours, ...peers], options);
  for (const subject of [...ours, ...peers]) subject.close?.();
  return ours.flatMap((subject) =>
    peers.flatMap((peer) =>
      (["median", "p95"] as const).map((which) => {
        const [own, other] = [figures.get(subject)![which], figures.get(peer)![which]];
        const name = `${shape} of ${SIZE}, ${subject.name.split(", ")[1]}, ${which}`;
        const unit = "us/node";
        return { bench: "engine", case: name, unit, ours: own, peer: other, peerName: peer.name, ratio: other / own };
      }),
    ),
  );
}

/** Microseconds a node, each subject in every round, in an order that moves on by one from round to round. */
async function takeTurns(
  shape: Shape,
  subjects: readonly Subject[],
  { samples, byProcessor }: OverheadOptions,
): Promise<Map<Subject, Figures>> {
  const clock = byProcessor ? processorTime : () => performance.now() * 1_000;
  const runs = new Map<Subject, number>();
  for (const subject of subjects) runs.set(subject, await warmUp(shape, subject));
  const taken = new Map(subjects.map((subject) => [subject, [] as number[]]));
  for (let round = 0; round < samples; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const subject = subjects[(round + turn) % subjects.length]!;
      taken.get(subject)!.push(await sample(subject, runs.get(subject)!, clock));
    }
  }
  return new Map(subjects.map((subject) => [subject, figuresOf(taken.get(subject)!)]));
}

function figuresOf(values: readonly number[]): Figures {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
  return { median: at(0.5), p95: at(0.95) };
}

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
async function sample(subject: Subject, runs: number, clock: () => number): Promise<number> {
  await subject.run(0);
  const began = clock();
  for (let run = 0; run < runs; run++) await subject.run(run);
  return (clock() - began) / (runs * SIZE);
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

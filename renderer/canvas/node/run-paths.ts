import type { RunView } from "../../../engine/run/view.ts";

type Parents = Readonly<Record<string, string>>;
/** By the path of a container: the round that is looked at, where someone chose one. */
export type ChosenRounds = Readonly<Record<string, number>>;

interface RoundCounts {
  runId: string;
  /** How many paths of the run were counted. */
  seen: number;
  last: string | undefined;
  /** By a container's path: how many rounds began. */
  rounds: Map<string, number>;
}

const nothingCounted = (runId: string): RoundCounts => ({ runId, seen: 0, last: undefined, rounds: new Map() });
let counts = nothingCounted("");

/** How many rounds of each container began. Paths only ever come at the end, so that each is read once. */
function countRounds(view: RunView): RoundCounts["rounds"] {
  const goesOn = counts.runId === view.runId && (counts.seen === 0 || view.order[counts.seen - 1] === counts.last);
  if (!goesOn) counts = nothingCounted(view.runId);
  for (; counts.seen < view.order.length; counts.seen++) {
    const path = view.order[counts.seen]!;
    for (const match of path.matchAll(/\[(\d+)\]/g)) {
      const container = path.slice(0, match.index);
      const round = Number(match[1]) + 1;
      if (round > (counts.rounds.get(container) ?? 0)) counts.rounds.set(container, round);
    }
  }
  counts.last = view.order[counts.seen - 1];
  return counts.rounds;
}

/** How many rounds of the container at a path began in the run. */
export const roundsOf = (view: RunView, path: string): number => countRounds(view).get(path) ?? 0;

/** Where a node's step is in a run: in the chosen round of each container around it, or in the latest. */
export function stepPath(view: RunView, key: string, parents: Parents, chosen: ChosenRounds): string {
  const parent = parents[key];
  if (parent === undefined) return key;
  const outer = stepPath(view, parent, parents, chosen);
  return `${outer}[${shownRound(view, outer, chosen)}]/${key}`;
}

/** The round of a container that is shown, from 0. */
export function shownRound(view: RunView, path: string, chosen: ChosenRounds): number {
  const last = Math.max(0, roundsOf(view, path) - 1);
  return Math.min(chosen[path] ?? last, last);
}

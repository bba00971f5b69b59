import type { RunSummary } from "../../engine/rpc/contract.ts";
import { formatDuration } from "../run/format.ts";

export const ANY = "*";

/** Which runs the list shows. */
export interface RunFilter {
  flow: string;
  state: RunSummary["state"] | typeof ANY;
}

/** The runs of a state; the host has chosen those of the flow. */
export function filterRuns(runs: readonly RunSummary[], { state }: Pick<RunFilter, "state">): readonly RunSummary[] {
  return state === ANY ? runs : runs.filter((run) => run.state === state);
}

/** Two runs to compare, the older one at the left; picking a third lets go of the one that was picked first. */
export type Picked = readonly string[];

export function pickRun(picked: Picked, runId: string): Picked {
  if (picked.includes(runId)) return picked.filter((other) => other !== runId);
  return [...picked, runId].slice(-2);
}

/** The two runs that were picked, the older one first; undefined while there aren't two. */
export function pairOf(runs: readonly RunSummary[], picked: Picked): [RunSummary, RunSummary] | undefined {
  const pair = runs.filter((run) => picked.includes(run.runId)).toSorted((a, b) => a.startedAt - b.startedAt);
  return pair.length === 2 ? [pair[0]!, pair[1]!] : undefined;
}

/** How long a run took; empty while it goes on, and for a replay, which has the times of the run that it replays. */
export function runDuration({ startedAt, endedAt, origin }: RunSummary): string {
  return endedAt === undefined || origin?.kind === "replay" ? "" : formatDuration(endedAt - startedAt);
}

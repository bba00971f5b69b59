import { useEffect } from "react";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import { documentStore, useDocument } from "../document/store.ts";
import { getRpc, useConnection } from "../rpc/index.ts";
import { hasEndedState, runStore } from "../run/index.ts";

/** How many of a flow's newest runs are looked at. */
const LOOKED_AT = 10;

/**
 * Shows a run that still goes on when its flow is opened: one that was begun elsewhere, or that the host took up again after it was
 * restarted. A run that somebody looks at already stays.
 */
export function useUnfinishedRun(): void {
  const name = useDocument((state) => (state.past ? null : state.name));
  const connected = useConnection((state) => state.status === "open");
  useEffect(() => {
    if (name !== null && connected) void showUnfinished(name);
  }, [name, connected]);
}

async function showUnfinished(flow: string): Promise<void> {
  const isFree = () => documentStore.getState().name === flow && runStore.getState().phase === "idle";
  if (!isFree()) return;
  // Without the list nothing is shown: the connection strip tells why.
  const runs = await getRpc()
    .runs.list({ flow, limit: LOOKED_AT })
    .catch(() => []);
  const run = unfinishedRun(runs);
  if (run && isFree()) runStore.getState().show(run.runId);
}

/** The newest that runs; else the newest of all, if it waits. */
export function unfinishedRun(runs: readonly RunSummary[]): RunSummary | undefined {
  const running = runs.find((run) => run.state === "running");
  const newest = runs[0];
  return running ?? (newest && !hasEndedState(newest.state) ? newest : undefined);
}

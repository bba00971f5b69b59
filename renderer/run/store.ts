import { useStore } from "zustand";
import { getRpc } from "../rpc/index.ts";
import { createRunStore, type RunStore } from "./create-run-store.ts";
import { nextFrame } from "./event-batch.ts";

/** The one run that this window shows. */
export const runStore = createRunStore({
  runs: () => getRpc().runs,
  schedule: nextFrame,
  now: () => performance.now(),
});

/** Reads the shown run: `useRun((run) => run.view?.steps[key])` renders only when that step changes. */
export function useRun<T>(select: (state: RunStore) => T): T {
  return useStore(runStore, select);
}
useRun.getState = runStore.getState;
useRun.subscribe = runStore.subscribe;

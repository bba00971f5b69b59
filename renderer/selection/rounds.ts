import { create } from "zustand";

/** Which round of each container is looked at; the latest where nobody chose. For one run at a time. */
interface Rounds {
  runId: string;
  /** By the container's path in the run. */
  chosen: Readonly<Record<string, number>>;
  choose(runId: string, path: string, round: number): void;
}

export const useRounds = create<Rounds>((set) => ({
  runId: "",
  chosen: {},
  choose: (runId, path, round) =>
    set((state) => ({ runId, chosen: { ...(state.runId === runId && state.chosen), [path]: round } })),
}));

const LATEST: Rounds["chosen"] = {};

/** What was chosen for a run. */
export const chosenRounds = ({ runId, chosen }: Pick<Rounds, "runId" | "chosen">, shown: string): Rounds["chosen"] =>
  runId === shown ? chosen : LATEST;

import { useMemo, useState } from "react";
import { ALL_FOLDED, LISTED_ROUNDS, type Unfolding } from "./rows.ts";

/** Rounds that “more” adds to the list. */
const MORE_ROUNDS = 100;

/** What of a run's timeline is open; another run begins folded. */
export function useUnfolding(runId: string) {
  const [state, setState] = useState<{ runId: string; unfolding: Unfolding }>({ runId, unfolding: ALL_FOLDED });
  const unfolding = state.runId === runId ? state.unfolding : ALL_FOLDED;
  return useMemo(
    () => ({
      unfolding,
      toggle: (path: string) => {
        const toggled = new Set(unfolding.toggled);
        if (!toggled.delete(path)) toggled.add(path);
        setState({ runId, unfolding: { ...unfolding, toggled } });
      },
      listMore: (container: string) => {
        const listed = (unfolding.listed[container] ?? LISTED_ROUNDS) + MORE_ROUNDS;
        setState({ runId, unfolding: { ...unfolding, listed: { ...unfolding.listed, [container]: listed } } });
      },
    }),
    [runId, unfolding],
  );
}

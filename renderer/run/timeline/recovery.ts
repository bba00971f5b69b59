import { useMemo } from "react";
import { UNDO_PORT, type Flow } from "../../../engine/flow/index.ts";
import type { StepView } from "../../../engine/run/view.ts";
import { useDocument } from "../../document/store.ts";

/** What a step that began after the failure is for. */
export type RecoveryRole = "undoes" | "handles";

/** The nodes behind “to undo it” edges: what they lead to, too. */
export function undoNodes({ edges }: Pick<Flow, "edges">): ReadonlySet<string> {
  const found = new Set<string>();
  const open = edges.filter(({ port }) => port === UNDO_PORT).map(({ to }) => to);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    found.add(key);
    open.push(...edges.filter(({ from }) => from === key).map(({ to }) => to));
  }
  return found;
}

/** Whether a step undoes another one or handles the run's failure; undefined for a step of the run's usual way. */
export function useRecoveryRole(): (step: StepView) => RecoveryRole | undefined {
  const edges = useDocument((state) => state.flow.edges);
  const undo = useMemo(() => undoNodes({ edges }), [edges]);
  return (step) => (step.recovers ? (undo.has(step.node) ? "undoes" : "handles") : undefined);
}

import { useDebugMarks } from "../../document/debug-marks.ts";
import { documentStore } from "../../document/store.ts";
import { useSelection } from "../../selection/store.ts";

/** Whether a run can stop before a node: only steps run. */
const runs = (key: string): boolean => documentStore.getState().analysis?.nodes[key]?.role === "step";

/** Sets a breakpoint on each selected step, or takes it away. */
export function toggleBreakpoints(): void {
  const { path } = documentStore.getState();
  for (const key of useSelection.getState().nodes.filter(runs)) useDebugMarks.getState().toggleBreakpoint(path, key);
}

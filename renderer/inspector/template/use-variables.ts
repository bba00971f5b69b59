import { useMemo } from "react";
import { useFlowRun } from "../../canvas/node/run-state.ts";
import { useDocument } from "../../document/store.ts";
import { variablesFor, type Variable } from "../variables.ts";

const NONE: Readonly<Record<string, never>> = {};

/** What a node may refer to, with the values of the shown run. */
export function useVariables(node: string): Variable[] {
  const nodes = useDocument((state) => state.analysis?.nodes ?? NONE);
  const steps = useFlowRun((view) => view.steps);
  return useMemo(() => variablesFor(node, nodes, (key) => steps?.[key]?.output), [node, nodes, steps]);
}

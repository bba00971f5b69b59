import { useMemo } from "react";
import { useRunValues } from "../../canvas/node/run-state.ts";
import { useDocument } from "../../document/store.ts";
import { useFieldScope } from "../form/field-scope.ts";
import { variablesFor, type Variable } from "../variables.ts";

const NONE: Readonly<Record<string, never>> = {};

/** What a field of a node may refer to, with the values of the shown run. */
export function useVariables(node: string): Variable[] {
  const nodes = useDocument((state) => state.analysis?.nodes ?? NONE);
  const scope = useFieldScope();
  const values = useRunValues();
  return useMemo(() => variablesFor(node, nodes, values, scope), [node, nodes, values, scope]);
}

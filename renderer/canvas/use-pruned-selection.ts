import { useEffect } from "react";
import { bindingId, edgeId } from "../../engine/flow/index.ts";
import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";

/** What is gone from the flow (deleted, undone, edited away in the text) is no longer selected. */
export function usePrunedSelection(): void {
  const flow = useDocument((state) => state.flow);
  useEffect(() => {
    const { nodes, edges, select } = useSelection.getState();
    const wires = new Set([...flow.edges.map(edgeId), ...flow.bindings.map(bindingId)]);
    const left = nodes.filter((key) => key in flow.nodes);
    const leftWires = edges.filter((id) => wires.has(id));
    if (left.length !== nodes.length || leftWires.length !== edges.length) select(left, leftWires);
  }, [flow]);
}

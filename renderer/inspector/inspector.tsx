import { useDocument } from "../document/store.ts";
import { useSelection } from "../selection/store.ts";
import { EdgeInspector } from "./edge-inspector.tsx";
import { FlowInspector } from "./flow-inspector.tsx";
import { MultiInspector } from "./multi-inspector.tsx";
import { NodeInspector } from "./node-inspector.tsx";

/** What is selected, in detail and editable; with nothing selected, the flow itself. */
export function Inspector() {
  const [node, ...more] = useSelection((state) => state.nodes);
  const edge = useSelection((state) => state.edges[0]);
  const exists = useDocument((state) => node !== undefined && node in state.flow.nodes);
  if (node !== undefined && more.length > 0) return <MultiInspector />;
  if (node !== undefined && exists) return <NodeInspector key={node} id={node} />;
  if (edge !== undefined) return <EdgeInspector key={edge} id={edge} />;
  return <FlowInspector />;
}

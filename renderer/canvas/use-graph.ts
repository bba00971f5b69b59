import { useStoreApi, type EdgeChange, type NodeChange, type ReactFlowState } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Flow, NodeAnalysis } from "../../engine/flow/index.ts";
import { useDocument } from "../document/store.ts";
import { containersOf } from "../document/containers.ts";
import { useShapes } from "../document/shapes.ts";
import { useText } from "../i18n/index.ts";
import { useCatalog } from "../rpc/index.ts";
import { useSelection } from "../selection/store.ts";
import { within } from "./edit/bodies.ts";
import { useFoldedKeys } from "./folded.ts";
import { assumedSize } from "./graph/assumed-size.ts";
import { placeAll, type Size } from "./graph/frames.ts";
import {
  toLineage,
  toNodes,
  toWires,
  withSelection,
  type CanvasEdge,
  type CanvasNode,
  type LocalNode,
  type Sizes,
} from "./graph/to-graph.ts";
import { MANY } from "./many.ts";

type LocalNodes = Readonly<Record<string, LocalNode>>;
const NO_ANALYSIS: Readonly<Record<string, NodeAnalysis>> = {};

/** Where dragged cards are: folded from what React Flow tells. */
function applyLocal(local: LocalNodes, changes: readonly NodeChange<CanvasNode>[]): LocalNodes {
  const moved = changes.flatMap((item): [string, LocalNode][] =>
    item.type === "position" && item.position
      ? [[item.id, { position: item.position, dragging: item.dragging ?? false }]]
      : [],
  );
  return moved.length === 0 ? local : { ...local, ...Object.fromEntries(moved) };
}

/** How large cards came out. The same object where none changed. */
function applySizes(sizes: Sizes, changes: readonly NodeChange<CanvasNode>[]): Sizes {
  const measured = changes.flatMap((item): [string, Size][] => {
    if (item.type !== "dimensions" || !item.dimensions) return [];
    const [now, then] = [item.dimensions, sizes[item.id]];
    return now.width === then?.width && now.height === then.height ? [] : [[item.id, now]];
  });
  return measured.length === 0 ? sizes : { ...sizes, ...Object.fromEntries(measured) };
}

function selectionAfter(
  selected: readonly string[],
  changes: readonly { type: string; id?: string; selected?: boolean }[],
) {
  const next = new Set(selected);
  for (const change of changes) {
    if (change.type !== "select" || change.id === undefined) continue;
    if (change.selected) next.add(change.id);
    else next.delete(change.id);
  }
  return [...next];
}

/** A rectangle that is drawn in a frame is about what stands there; the frame itself is meant only when all of it is in the rectangle. */
function withoutTouchedFrames(
  { userSelectionRect: rect, transform: [x, y, zoom], nodeLookup }: ReactFlowState<CanvasNode, CanvasEdge>,
  changes: readonly NodeChange<CanvasNode>[],
): readonly NodeChange<CanvasNode>[] {
  if (!rect) return changes;
  const [left, top] = [(rect.x - x) / zoom, (rect.y - y) / zoom];
  const [right, bottom] = [left + rect.width / zoom, top + rect.height / zoom];
  return changes.filter((change) => {
    const node = change.type === "select" && change.selected ? nodeLookup.get(change.id) : undefined;
    if (node?.type !== "frame") return true;
    const at = node.internals.positionAbsolute;
    const { width = 0, height = 0 } = node.measured;
    return at.x >= left && at.y >= top && at.x + width <= right && at.y + height <= bottom;
  });
}

interface Looks {
  folded: readonly string[];
  selectedNodes: readonly string[];
  selectedEdges: readonly string[];
}

/** The wires. What doesn't change keeps its object: an edit of one step must not draw three thousand wires again. */
function useEdges(
  flow: Flow,
  analysis: Readonly<Record<string, NodeAnalysis>>,
  { folded, selectedNodes, selectedEdges }: Looks,
): CanvasEdge[] {
  const keys = useKeys(flow);
  const { edges, bindings, parents } = flow;
  const hidden = useMemo(() => within(parents, keys, new Set(folded)), [parents, keys, folded]);
  const wires = useMemo(
    () => toWires({ edges, bindings }, (key) => keys.has(key) && !hidden.has(key)),
    [edges, bindings, keys, hidden],
  );
  const node = selectedNodes.length === 1 ? selectedNodes[0] : undefined;
  const lineage = useMemo(
    () => (node === undefined ? [] : toLineage(analysis, node, (key) => keys.has(key) && !hidden.has(key))),
    [analysis, node, keys, hidden],
  );
  return useMemo(() => {
    const marked = withSelection(wires, new Set(selectedEdges));
    return lineage.length === 0 ? marked : [...marked, ...lineage];
  }, [wires, lineage, selectedEdges]);
}

/** The nodes that there are: the same set as long as none comes or goes. */
function useKeys(flow: Flow): ReadonlySet<string> {
  const known = useRef<ReadonlySet<string>>(new Set());
  return useMemo(() => {
    const keys = Object.keys(flow.nodes);
    const same = keys.length === known.current.size && keys.every((key) => known.current.has(key));
    return same ? known.current : (known.current = new Set(keys));
  }, [flow.nodes]);
}

/** The open flow as React Flow draws it: document, selection and what only the canvas knows, joined. */
export function useGraph() {
  const flow = useDocument((state) => state.flow);
  const analysis = useDocument((state) => state.analysis?.nodes ?? NO_ANALYSIS);
  const catalog = useCatalog();
  const text = useText();
  const selectedNodes = useSelection((state) => state.nodes);
  const selectedEdges = useSelection((state) => state.edges);
  const [local, setLocal] = useState<LocalNodes>({});
  const [sizes, setSizes] = useState<Sizes>({});
  const folded = useFoldedKeys();
  const shapes = useShapes();
  const reactFlow = useStoreApi<CanvasNode, CanvasEdge>();
  const before = useRef<CanvasNode[]>([]);

  const places = useMemo(() => {
    const isContainer = containersOf(flow, analysis, shapes);
    return placeAll({ flow, isContainer, folded: new Set(folded), sizeOf: (key) => sizes[key] });
  }, [flow, analysis, shapes, folded, sizes]);
  const nodes = useMemo(() => {
    const drawn = toNodes(
      {
        flow,
        places,
        local,
        sizes,
        selected: new Set(selectedNodes),
        nameOf: (key) => {
          const node = flow.nodes[key];
          const type = catalog.get(node?.type ?? "");
          return node?.title ?? (type ? text(type.title) : key);
        },
        ...(Object.keys(flow.nodes).length > MANY && { assume: (key: string) => assumedSize(analysis[key]) }),
        isNote: (key) => catalog.get(flow.nodes[key]?.type ?? "")?.role === "note",
      },
      before.current,
    );
    before.current = drawn;
    return drawn;
  }, [flow, analysis, places, local, sizes, selectedNodes, catalog, text]);

  const edges = useEdges(flow, analysis, { folded, selectedNodes, selectedEdges });

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      setLocal((now) => applyLocal(now, changes));
      setSizes((now) => applySizes(now, changes));
      if (!changes.some((change) => change.type === "select")) return;
      const state = useSelection.getState();
      state.select(selectionAfter(state.nodes, withoutTouchedFrames(reactFlow.getState(), changes)), state.edges);
    },
    [reactFlow],
  );

  const onEdgesChange = useCallback((changes: EdgeChange<CanvasEdge>[]) => {
    const state = useSelection.getState();
    state.select(state.nodes, selectionAfter(state.edges, changes));
  }, []);

  /** Cards stand where the file says again. */
  const settle = useCallback((keys: readonly string[]) => {
    setLocal((now) => {
      const next = { ...now };
      for (const key of keys) delete next[key];
      return next;
    });
  }, []);

  return { nodes, edges, onNodesChange, onEdgesChange, settle };
}

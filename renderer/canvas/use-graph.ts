import type { EdgeChange, NodeChange } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { NodeAnalysis } from "../../engine/flow/index.ts";
import { useDocument } from "../document/store.ts";
import { useText } from "../i18n/index.ts";
import { useCatalog } from "../rpc/index.ts";
import { useSelection } from "../selection/store.ts";
import { assumedSize } from "./graph/assumed-size.ts";
import { positions } from "./graph/place.ts";
import { toEdges, toNodes, type CanvasEdge, type CanvasNode, type LocalNode } from "./graph/to-graph.ts";

/** From this many cards on, those out of sight are not drawn. */
export const MANY = 150;

type LocalNodes = Readonly<Record<string, LocalNode>>;
const NO_ANALYSIS: Readonly<Record<string, NodeAnalysis>> = {};

/** Where dragged cards are and how large cards came out: folded from what React Flow tells. */
export function applyLocal(local: LocalNodes, changes: readonly NodeChange<CanvasNode>[]): LocalNodes {
  let next: Record<string, LocalNode> | undefined;
  const change = (id: string, patch: LocalNode) => {
    next ??= { ...local };
    next[id] = { ...next[id], ...patch };
  };
  for (const item of changes) {
    if (item.type === "dimensions" && item.dimensions) change(item.id, { measured: item.dimensions });
    if (item.type === "position" && item.position)
      change(item.id, { position: item.position, dragging: item.dragging ?? false });
  }
  return next ?? local;
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

/** The open flow as React Flow draws it: document, selection and what only the canvas knows, joined. */
export function useGraph() {
  const flow = useDocument((state) => state.flow);
  const analysis = useDocument((state) => state.analysis?.nodes ?? NO_ANALYSIS);
  const catalog = useCatalog();
  const text = useText();
  const selectedNodes = useSelection((state) => state.nodes);
  const selectedEdges = useSelection((state) => state.edges);
  const [local, setLocal] = useState<LocalNodes>({});
  const before = useRef<ReadonlyMap<string, CanvasNode>>(new Map());

  const places = useMemo(() => positions(flow), [flow]);
  const nodes = useMemo(() => {
    const drawn = toNodes(
      {
        flow,
        places,
        local,
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
    before.current = new Map(drawn.map((node) => [node.id, node]));
    return drawn;
  }, [flow, analysis, places, local, selectedNodes, catalog, text]);

  const edges = useMemo(
    () =>
      toEdges(flow, analysis, {
        edges: new Set(selectedEdges),
        node: selectedNodes.length === 1 ? selectedNodes[0] : undefined,
      }),
    [flow, analysis, selectedEdges, selectedNodes],
  );

  const onNodesChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    setLocal((now) => applyLocal(now, changes));
    if (!changes.some((change) => change.type === "select")) return;
    const state = useSelection.getState();
    state.select(selectionAfter(state.nodes, changes), state.edges);
  }, []);

  const onEdgesChange = useCallback((changes: EdgeChange<CanvasEdge>[]) => {
    const state = useSelection.getState();
    state.select(state.nodes, selectionAfter(state.edges, changes));
  }, []);

  /** Cards stand where the file says again. */
  const settle = useCallback((keys: readonly string[]) => {
    setLocal((now) => {
      const next = { ...now };
      for (const key of keys) if (next[key]) next[key] = { measured: next[key].measured };
      return next;
    });
  }, []);

  return { nodes, edges, onNodesChange, onEdgesChange, settle };
}

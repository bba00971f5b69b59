import type { Edge as WireEdge, Node } from "@xyflow/react";
import { bindingId, edgeId, type Flow, type NodeAnalysis, type Position } from "../../../engine/flow/index.ts";
import { IN_HANDLE, PROVIDES_HANDLE, portHandle, slotHandle } from "./handles.ts";

export type CanvasNode = Node<Record<string, never>, "card" | "note">;
export type CanvasEdge = WireEdge<Record<string, never>, "flow" | "binding" | "lineage">;

/** What only the canvas knows of a node: where it is while it is being dragged, and how large it came out. */
export interface LocalNode {
  position?: { x: number; y: number };
  measured?: { width: number; height: number };
  dragging?: boolean;
}

const NO_DATA: Record<string, never> = {};

interface NodeInput {
  flow: Flow;
  places: Readonly<Record<string, Position>>;
  local: Readonly<Record<string, LocalNode>>;
  selected: ReadonlySet<string>;
  /** The words that name each card for assistive technology. */
  nameOf(key: string): string;
  isNote(key: string): boolean;
  /** For a flow of many cards: how large one is that was never seen. */
  assume?(key: string): Pick<CanvasNode, "initialWidth" | "initialHeight" | "handles">;
}

const same = (a: CanvasNode, b: CanvasNode): boolean =>
  a.type === b.type &&
  a.ariaLabel === b.ariaLabel &&
  a.position.x === b.position.x &&
  a.position.y === b.position.y &&
  a.selected === b.selected &&
  a.dragging === b.dragging &&
  (a.handles === undefined) === (b.handles === undefined) &&
  a.measured?.width === b.measured?.width &&
  a.measured?.height === b.measured?.height;

/** The cards to draw. A card that looks as it did keeps its object, so that React Flow and React leave it alone. */
export function toNodes(input: NodeInput, before: ReadonlyMap<string, CanvasNode>): CanvasNode[] {
  return Object.keys(input.flow.nodes).map((key) => {
    const local = input.local[key];
    const [x, y] = input.places[key] ?? [0, 0];
    const note = input.isNote(key);
    const node: CanvasNode = {
      id: key,
      type: note ? "note" : "card",
      position: local?.position ?? { x, y },
      data: NO_DATA,
      selected: input.selected.has(key),
      dragging: local?.dragging ?? false,
      measured: local?.measured,
      ...(!local?.measured && input.assume?.(key)),
      ariaLabel: input.nameOf(key),
      ariaRole: "group",
      zIndex: note ? -1 : 0,
    };
    const old = before.get(key);
    return old && same(old, node) ? old : node;
  });
}

const wire = (edge: Omit<CanvasEdge, "data" | "ariaLabel">, name: string): CanvasEdge => ({
  ...edge,
  data: NO_DATA,
  ariaLabel: name,
});

/** The wires to draw: control, bindings, and what the selected node reads from whom. Ends that don't exist are left to the problems list. */
export function toEdges(
  flow: Flow,
  analysis: Readonly<Record<string, NodeAnalysis>>,
  selected: { edges: ReadonlySet<string>; node?: string },
): CanvasEdge[] {
  const exists = (...keys: string[]) => keys.every((key) => key in flow.nodes);
  const control = flow.edges
    .filter(({ from, to }) => exists(from, to))
    .map((edge) => {
      const id = edgeId(edge);
      return wire(
        {
          id,
          type: "flow",
          source: edge.from,
          sourceHandle: portHandle(edge.port),
          target: edge.to,
          targetHandle: IN_HANDLE,
          selected: selected.edges.has(id),
        },
        `${edge.from}.${edge.port} → ${edge.to}`,
      );
    });
  const bindings = flow.bindings
    .filter(({ from, to }) => exists(from, to))
    .map((binding) => {
      const id = bindingId(binding);
      return wire(
        {
          id,
          type: "binding",
          source: binding.from,
          sourceHandle: PROVIDES_HANDLE,
          target: binding.to,
          targetHandle: slotHandle(binding.slot),
          selected: selected.edges.has(id),
        },
        `${binding.from} → ${binding.to}.${binding.slot}`,
      );
    });
  return [...control, ...bindings, ...lineage(flow, analysis, selected.node)];
}

function lineage(flow: Flow, analysis: Readonly<Record<string, NodeAnalysis>>, node: string | undefined): CanvasEdge[] {
  if (node === undefined) return [];
  const readsFrom = (analysis[node]?.uses ?? []).map((from) => [from, node] as const);
  const readBy = Object.keys(analysis)
    .filter((key) => analysis[key]!.uses.includes(node))
    .map((key) => [node, key] as const);
  return [...readsFrom, ...readBy]
    .filter(([from, to]) => from in flow.nodes && to in flow.nodes && from !== to)
    .map(([from, to]) =>
      wire(
        {
          id: `uses ${from} ${to}`,
          type: "lineage",
          source: from,
          target: to,
          selectable: false,
          focusable: false,
          zIndex: -1,
        },
        `${to} ← ${from}`,
      ),
    );
}

/** Ports that edges leave by though the node has none of that name: drawn, so that the wire can be seen and moved. */
export function strayPorts(flow: Flow, key: string, ports: NodeAnalysis["ports"]): string[] {
  const known = new Set(["error", ...ports.map((port) => port.id)]);
  return [...new Set(flow.edges.filter((edge) => edge.from === key && !known.has(edge.port)).map((edge) => edge.port))];
}

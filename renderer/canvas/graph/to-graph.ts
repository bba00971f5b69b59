import type { Edge as WireEdge, Node } from "@xyflow/react";
import { bindingId, edgeId, ERROR_PORT, type Flow, type NodeAnalysis, UNDO_PORT } from "../../../engine/flow/index.ts";
import type { Place, Places, Size } from "./frames.ts";
import { IN_HANDLE, PROVIDES_HANDLE, portHandle, slotHandle } from "./handles.ts";

export type CanvasNode = Node<Record<string, never>, "card" | "note" | "frame">;
export type CanvasEdge = WireEdge<Record<string, never>, "flow" | "binding" | "lineage">;

/** What only the canvas knows of a node: where it is while it is being dragged. */
export interface LocalNode {
  position: { x: number; y: number };
  dragging: boolean;
}

/** How large cards came out. */
export type Sizes = Readonly<Record<string, Size>>;

const NO_DATA: Record<string, never> = {};

interface NodeInput {
  flow: Flow;
  places: Places;
  local: Readonly<Record<string, LocalNode>>;
  sizes: Sizes;
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
  a.parentId === b.parentId &&
  a.hidden === b.hidden &&
  a.width === b.width &&
  a.height === b.height &&
  (a.handles === undefined) === (b.handles === undefined) &&
  a.measured?.width === b.measured?.width &&
  a.measured?.height === b.measured?.height;

/** A frame lets the pointer through to the canvas beneath; only its head and its ports are taken hold of. */
const FRAME_STYLE = { pointerEvents: "none" } as const;

/**
 * The cards to draw, frames before what they hold. A card that looks as it did keeps its object, and the list is the same one where all
 * do, so that React Flow and React leave them alone.
 */
export function toNodes(input: NodeInput, before: CanvasNode[]): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const nodes = [...input.places.values()].map((place) => {
    const node = toNode(input, place);
    const old = known.get(place.key);
    return old && same(old, node) ? old : node;
  });
  return isSameList(nodes, before) ? before : nodes;
}

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);

function toNode(input: NodeInput, place: Place): CanvasNode {
  const { key } = place;
  const local = input.local[key];
  const [x, y] = place.inFrame;
  const note = input.isNote(key);
  return {
    id: key,
    type: place.body ? "frame" : note ? "note" : "card",
    position: local?.position ?? { x, y },
    data: NO_DATA,
    selected: input.selected.has(key),
    dragging: local?.dragging ?? false,
    measured: input.sizes[key],
    ...(place.parent !== undefined && { parentId: place.parent }),
    ...(place.hidden && { hidden: true }),
    ...(place.body && { width: place.width, height: place.height, style: FRAME_STYLE }),
    ...(!input.sizes[key] && !place.body && input.assume?.(key)),
    ariaLabel: input.nameOf(key),
    ariaRole: "group",
    zIndex: note ? -1 : 0,
  };
}

const wire = (edge: Omit<CanvasEdge, "data" | "ariaLabel">, name: string): CanvasEdge => ({
  ...edge,
  data: NO_DATA,
  ariaLabel: name,
});

/**
 * The wires to draw: control and bindings. Ends that don't exist are left to the problems list; ends in folded containers (`shown` tells)
 * are out of sight.
 */
export function toWires(
  { edges, bindings }: Pick<Flow, "edges" | "bindings">,
  shown: (key: string) => boolean,
): CanvasEdge[] {
  const control = edges
    .filter(({ from, to }) => shown(from) && shown(to))
    .map((edge) =>
      wire(
        {
          id: edgeId(edge),
          type: "flow",
          source: edge.from,
          sourceHandle: portHandle(edge.port),
          target: edge.to,
          targetHandle: IN_HANDLE,
          selected: false,
        },
        `${edge.from}.${edge.port} → ${edge.to}`,
      ),
    );
  const bound = bindings
    .filter(({ from, to }) => shown(from) && shown(to))
    .map((binding) =>
      wire(
        {
          id: bindingId(binding),
          type: "binding",
          source: binding.from,
          sourceHandle: PROVIDES_HANDLE,
          target: binding.to,
          targetHandle: slotHandle(binding.slot),
          selected: false,
        },
        `${binding.from} → ${binding.to}.${binding.slot}`,
      ),
    );
  return [...control, ...bound];
}

/** The wires with the chosen ones marked; all others keep their objects. */
export function withSelection(wires: CanvasEdge[], selected: ReadonlySet<string>): CanvasEdge[] {
  if (selected.size === 0) return wires;
  return wires.map((one) => (selected.has(one.id) ? { ...one, selected: true } : one));
}

/** What a node reads from whom, and who reads from it. */
export function toLineage(
  analysis: Readonly<Record<string, NodeAnalysis>>,
  node: string,
  shown: (key: string) => boolean,
): CanvasEdge[] {
  const readsFrom = (analysis[node]?.uses ?? []).map((from) => [from, node] as const);
  const readBy = Object.keys(analysis)
    .filter((key) => analysis[key]!.uses.includes(node))
    .map((key) => [node, key] as const);
  return [...readsFrom, ...readBy]
    .filter(([from, to]) => shown(from) && shown(to) && from !== to)
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
  const known = new Set([ERROR_PORT, UNDO_PORT, ...ports.map((port) => port.id)]);
  return [...new Set(flow.edges.filter((edge) => edge.from === key && !known.has(edge.port)).map((edge) => edge.port))];
}

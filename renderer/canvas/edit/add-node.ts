import {
  freeKey,
  type Edge,
  type Flow,
  type FlowCommand,
  type NodeAnalysis,
  type Position,
  type SimpleCommand,
} from "../../../engine/flow/index.ts";
import { isJsonObject } from "../../../engine/lib/json.ts";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { readHandle, type Handle } from "../graph/handles.ts";
import { CARD_HEIGHT, CARD_WIDTH, GRID, snapPosition } from "../graph/place.ts";
import { slotFor } from "./connect.ts";

/** A node type and what one that was just added looks like. */
export interface Addable {
  type: NodeType;
  shape: NodeAnalysis;
}

export interface Added {
  key: string;
  command: FlowCommand;
}

/** Half of the room that an inserted card needs between its neighbours. */
const INSERT_GAP = CARD_WIDTH + 80;

/** Where a new node comes to stand. */
export interface Standing {
  /** In the body that it joins. */
  at: Position;
  /** The container whose body it joins. */
  parent?: string;
}

/** A node of a type with the settings that it starts with. It has no title: it is called as its type is, in the language of whoever looks. */
export function addNode(
  flow: Flow,
  type: NodeType,
  { at, parent }: Standing,
): { key: string; command: Extract<SimpleCommand, { do: "node.add" }> } {
  const key = freeKey(type.type, flow.nodes);
  const node = {
    type: type.type,
    ...(isJsonObject(type.initial) && Object.keys(type.initial).length > 0 && { config: type.initial }),
  };
  const inside = parent === undefined ? {} : { parent };
  return { key, command: { do: "node.add", key, node, ...inside, at: snapPosition(at) } };
}

/** The end of a wire that was let go over empty canvas. */
export interface LooseEnd {
  node: string;
  handle: Handle;
  /** What the slot there takes or the resource there gives, where the handle is one of theirs. */
  binding?: "tools" | "model" | "knowledge";
}

/** Whether a node of this type could be joined to a loose end. */
export function fits({ shape }: Addable, end: LooseEnd): boolean {
  switch (end.handle.kind) {
    case "port":
      return shape.role === "step" && shape.hasInput;
    case "in":
      return shape.role === "step" && shape.ports.length > 0;
    case "slot":
      return shape.role === "resource" && shape.provides === end.binding;
    case "provides":
      return shape.slots.some((slot) => slot.accepts === end.binding);
  }
}

/** Adds a node and joins it to the loose end, as one edit. */
export function addAtEnd(flow: Flow, addable: Addable, end: LooseEnd, standing: Standing): Added {
  const { key, command } = addNode(flow, addable.type, standing);
  return { key, command: { do: "batch", commands: [command, ...join(key, addable.shape, end)] } };
}

function join(key: string, shape: NodeAnalysis, end: LooseEnd): SimpleCommand[] {
  switch (end.handle.kind) {
    case "port":
      return [{ do: "edge.connect", edge: { from: end.node, port: end.handle.port, to: key } }];
    case "in": {
      const port = shape.ports[0]?.id;
      return port ? [{ do: "edge.connect", edge: { from: key, port, to: end.node } }] : [];
    }
    case "slot":
      return [{ do: "binding.bind", binding: { from: key, to: end.node, slot: end.handle.slot } }];
    case "provides": {
      const slot = slotFor(shape, end.binding);
      return slot ? [{ do: "binding.bind", binding: { from: end.node, to: key, slot } }] : [];
    }
  }
}

/** Whether a node with this shape can be in a body: what begins a run, or takes over when one failed, stands in the flow itself. */
export const canBeInBody = (shape: NodeAnalysis | undefined): boolean =>
  shape === undefined || shape.role !== "step" || shape.hasInput;

/** Whether a node with this shape can stand in the middle of an edge. */
export const canInsert = (shape: NodeAnalysis): boolean =>
  shape.role === "step" && shape.hasInput && shape.ports.length > 0;

/** Puts a node that the flow has into an edge: what came after now comes after it. */
export function spliceCommands(edge: Edge, key: string, shape: NodeAnalysis): SimpleCommand[] {
  return [
    { do: "edge.disconnect", edge },
    { do: "edge.connect", edge: { from: edge.from, port: edge.port, to: key } },
    { do: "edge.connect", edge: { from: key, port: shape.ports[0]!.id, to: edge.to } },
  ];
}

/** Adds a node into an edge. What lies downstream moves aside when there is no room. */
export function insertOnEdge(flow: Flow, addable: Addable, edge: Edge, standing: Standing): Added {
  const place = clearOfSource(flow, edge, standing.at);
  const { key, command } = addNode(flow, addable.type, { ...standing, at: place });
  const commands = [command, ...spliceCommands(edge, key, addable.shape), ...makeRoom(flow, edge, place)];
  return { key, command: { do: "batch", commands } };
}

/** Beside the step that the edge leaves, where the drop was so close that the card would cover it. */
function clearOfSource(flow: Flow, edge: Edge, at: Position): Position {
  const source = flow.layout[edge.from];
  if (!source || Math.abs(at[1] - source[1]) > CARD_HEIGHT || at[0] < source[0]) return at;
  const near = Math.abs(at[1] - source[1]) < CARD_HEIGHT / 2;
  return at[0] < source[0] + INSERT_GAP ? [source[0] + INSERT_GAP, near ? source[1] : at[1]] : at;
}

function makeRoom(flow: Flow, edge: Edge, at: Position): SimpleCommand[] {
  const target = flow.layout[edge.to];
  if (!target || target[0] < at[0] - CARD_WIDTH) return [];
  const shift = Math.ceil((at[0] + INSERT_GAP - target[0]) / GRID) * GRID;
  if (shift <= 0) return [];
  const moved = downstream(flow, edge.to).filter((key) => flow.layout[key] && flow.layout[key][0] >= target[0]);
  const positions = Object.fromEntries(
    moved.map((key): [string, Position] => [key, [flow.layout[key]![0] + shift, flow.layout[key]![1]]]),
  );
  return [{ do: "node.move", positions }];
}

function downstream(flow: Flow, from: string): string[] {
  const seen = new Set<string>([from]);
  for (const key of seen) {
    for (const edge of flow.edges) if (edge.from === key) seen.add(edge.to);
    for (const binding of flow.bindings) if (binding.to === key) seen.add(binding.from);
  }
  return [...seen];
}

/** The loose end of a wire that was dragged from a handle. */
export function looseEnd(
  node: string,
  handleId: string | null | undefined,
  shape: NodeAnalysis | undefined,
): LooseEnd | null {
  const handle = readHandle(handleId);
  if (!handle) return null;
  const binding =
    handle.kind === "slot"
      ? shape?.slots.find((slot) => slot.slot === handle.slot)?.accepts
      : handle.kind === "provides"
        ? shape?.provides
        : undefined;
  return { node, handle, binding };
}

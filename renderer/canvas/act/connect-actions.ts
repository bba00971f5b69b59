import type { Connection, FinalConnectionState } from "@xyflow/react";
import type { NodeAnalysis, Position } from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { knownType } from "../../document/shapes.ts";
import { documentStore } from "../../document/store.ts";
import { looseEnd } from "../edit/add-node.ts";
import { slotFor, wireCommand, type ShapeOf, type Wire } from "../edit/connect.ts";
import { IN_HANDLE, PROVIDES_HANDLE, portHandle, slotHandle } from "../graph/handles.ts";
import { useSelection } from "../../selection/store.ts";
import { useCanvasUi } from "../ui-store.ts";
import { freePort } from "./add.ts";
import { canvasPoint, cardAt, isOverCanvas } from "./geometry.ts";

function nodeShape(key: string): NodeAnalysis | undefined {
  const { analysis, flow } = documentStore.getState();
  return analysis?.nodes[key] ?? knownType(flow.nodes[key]?.type ?? "")?.shape;
}

const shapeOf: ShapeOf = nodeShape;

const commandFor = (wire: Wire) => wireCommand(documentStore.getState().flow, shapeOf, wire);

export const isValidWire = (wire: Connection | Wire): boolean => commandFor(wire) !== null;

export function connect(wire: Wire): boolean {
  const command = commandFor(wire);
  return command !== null && edit(command);
}

/** What a wire from this handle to that card would be, when it is let go anywhere over the card. */
function wireToCard(from: { node: string; handle: string; isSource: boolean }, card: string): Wire | null {
  const mine = shapeOf(from.node);
  const theirs = shapeOf(card);
  if (from.handle === PROVIDES_HANDLE) {
    const slot = slotFor(theirs, mine?.provides);
    return slot ? { source: from.node, sourceHandle: from.handle, target: card, targetHandle: slotHandle(slot) } : null;
  }
  if (from.isSource) return { source: from.node, sourceHandle: from.handle, target: card, targetHandle: IN_HANDLE };
  if (from.handle !== IN_HANDLE)
    return { source: card, sourceHandle: PROVIDES_HANDLE, target: from.node, targetHandle: from.handle };
  const port = freePort(card) ?? theirs?.ports[0]?.id;
  return port ? { source: card, sourceHandle: portHandle(port), target: from.node, targetHandle: IN_HANDLE } : null;
}

/** Joins two selected cards, the first to the second: what dragging a wire does, for the keyboard. */
export function connectSelected(): boolean {
  const [from, to, ...more] = useSelection.getState().nodes;
  if (from === undefined || to === undefined || more.length > 0) return false;
  const shape = nodeShape(from);
  const port = freePort(from) ?? shape?.ports[0]?.id;
  const handle = shape?.provides ? PROVIDES_HANDLE : port === undefined ? undefined : portHandle(port);
  const wire = handle === undefined ? null : wireToCard({ node: from, handle, isSource: true }, to);
  return wire !== null && connect(wire);
}

const pointOf = (event: MouseEvent | TouchEvent): Position => {
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  return point ? [point.clientX, point.clientY] : [0, 0];
};

/** A wire was let go: on a port React Flow has joined it; on a card it is joined there; over empty canvas the list of steps opens. */
export function endWire(event: MouseEvent | TouchEvent, { isValid, fromHandle }: FinalConnectionState): void {
  if (isValid || !fromHandle) return;
  const [x, y] = pointOf(event);
  if (!isOverCanvas(x, y)) return;
  const from = { node: fromHandle.nodeId, handle: fromHandle.id ?? "", isSource: fromHandle.type === "source" };
  const card = cardAt(x, y);
  if (card !== null) {
    const wire = wireToCard(from, card);
    if (wire) connect(wire);
    return;
  }
  const end = looseEnd(from.node, from.handle, nodeShape(from.node));
  if (end) useCanvasUi.getState().set({ quickAdd: { screen: { x, y }, at: canvasPoint(x, y), end } });
}

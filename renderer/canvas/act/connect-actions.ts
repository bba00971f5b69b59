import type { Connection, FinalConnectionState } from "@xyflow/react";
import { containersAround } from "../../../engine/flow/index.ts";
import type { NodeAnalysis, Position } from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { knownType } from "../../document/shapes.ts";
import { documentStore } from "../../document/store.ts";
import { translate } from "../../i18n/index.ts";
import { looseEnd } from "../edit/add-node.ts";
import { slotFor, wireResult, type Refusal, type ShapeOf, type Wire } from "../edit/connect.ts";
import { frameAt } from "../graph/frames.ts";
import { IN_HANDLE, PROVIDES_HANDLE, portHandle, slotHandle } from "../graph/handles.ts";
import { notify } from "../../ui/index.ts";
import { useSelection } from "../../selection/store.ts";
import { useCanvasUi } from "../ui-store.ts";
import { freePort } from "./add.ts";
import { canvasPoint, cardAt, isOverCanvas, places } from "./geometry.ts";

function nodeShape(key: string): NodeAnalysis | undefined {
  const { analysis, flow } = documentStore.getState();
  return analysis?.nodes[key] ?? knownType(flow.nodes[key]?.type ?? "")?.shape;
}

const shapeOf: ShapeOf = nodeShape;

const resultFor = (wire: Wire) => wireResult(documentStore.getState().flow, shapeOf, wire);

export const isValidWire = (wire: Connection | Wire): boolean => typeof resultFor(wire) !== "string";

/** Joins two ends, or says why they can't be joined. */
export function connect(wire: Wire): boolean {
  const result = resultFor(wire);
  if (typeof result !== "string") return edit(result);
  refuse(result);
  return false;
}

const refuse = (why: Refusal): void => void notify.say(translate(`canvas:refused.${why}`));

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

/** The frame at a point, unless the wire comes from inside it: inside, its ground is as empty as the canvas. */
function otherFrame(from: string, at: Position): string | null {
  const frame = frameAt(places(), at);
  return frame === undefined || containersAround(documentStore.getState().flow, from).includes(frame) ? null : frame;
}

/**
 * A wire was let go: on a port React Flow has joined it; on a card it is joined there; over empty canvas the list of steps opens. What is
 * chosen there stands in the same body as the step that the wire comes from.
 */
export function endWire(event: MouseEvent | TouchEvent, { isValid, fromHandle }: FinalConnectionState): void {
  if (isValid || !fromHandle) return;
  const [x, y] = pointOf(event);
  if (!isOverCanvas(x, y)) return;
  const from = { node: fromHandle.nodeId, handle: fromHandle.id ?? "", isSource: fromHandle.type === "source" };
  const at = canvasPoint(x, y);
  const card = cardAt(x, y) ?? otherFrame(from.node, at);
  if (card !== null) {
    // Let go where it was taken up: nothing was meant.
    if (card === from.node) return;
    const wire = wireToCard(from, card);
    if (wire) connect(wire);
    else refuse("kind");
    return;
  }
  const end = looseEnd(from.node, from.handle, nodeShape(from.node));
  if (!end) return;
  const parent = documentStore.getState().flow.parents[from.node];
  useCanvasUi.getState().set({ quickAdd: { screen: { x, y }, at, parent, end } });
}

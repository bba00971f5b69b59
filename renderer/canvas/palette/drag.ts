import { documentStore } from "../../document/store.ts";
import { knownType } from "../../document/shapes.ts";
import { addStep, edgeOf } from "../act/add.ts";
import { frameAt } from "../graph/frames.ts";
import { cardAt, canvasPoint, isOverCanvas, places, wireAt } from "../act/geometry.ts";
import { canBeInBody, canInsert, type LooseEnd } from "../edit/add-node.ts";
import { slotFor } from "../edit/connect.ts";
import { CARD_WIDTH } from "../graph/place.ts";
import { useCanvasUi } from "../ui-store.ts";

/** Where the pointer holds the card: under its title. */
const GRIP = { x: CARD_WIDTH / 2, y: 30 };

/** On the body while a step is dragged: tooltips stay away. */
const DRAGGING = "data-dragging-step";

function insertionAt(typeName: string, x: number, y: number): string | null {
  const known = knownType(typeName);
  const wire = known && canInsert(known.shape) && isOverCanvas(x, y) ? wireAt(x, y) : null;
  return wire !== null && edgeOf(wire) ? wire : null;
}

/** The container whose body is under the pointer. */
const bodyAt = (x: number, y: number): string | undefined =>
  isOverCanvas(x, y) ? frameAt(places(), canvasPoint(x, y)) : undefined;

/** A step is being dragged over the screen: shows it, and the wire or the frame that would take it in. */
export function dragOver(type: string, x: number, y: number): void {
  document.body.toggleAttribute(DRAGGING, true);
  const body = canBeInBody(knownType(type)?.shape) ? bodyAt(x, y) : undefined;
  useCanvasUi.getState().set({ drag: { type, x, y }, dropEdge: insertionAt(type, x, y), dropBody: body ?? null });
}

/** Nothing is being dragged any more. */
export function endDrag(): void {
  document.body.toggleAttribute(DRAGGING, false);
  useCanvasUi.getState().set({ drag: null, dropEdge: null, dropBody: null });
}

/** A resource dropped on a step is bound to it. */
function bindingAt(typeName: string, x: number, y: number): LooseEnd | undefined {
  const known = knownType(typeName);
  const card = cardAt(x, y);
  const { analysis } = documentStore.getState();
  const slot = card === null ? undefined : slotFor(analysis?.nodes[card], known?.shape.provides);
  return card !== null && slot
    ? { node: card, handle: { kind: "slot", slot }, binding: known?.shape.provides }
    : undefined;
}

/** A step was dropped: on a wire it goes between, on a step that can use it it is bound, on the canvas it stands where it was let go. */
export function drop(type: string, x: number, y: number): void {
  const wire = insertionAt(type, x, y);
  const end = bindingAt(type, x, y);
  endDrag();
  if (!isOverCanvas(x, y)) return;
  const zoom = useCanvasUi.getState().instance?.getZoom() ?? 1;
  const [left, top] = canvasPoint(x - GRIP.x * zoom, y - GRIP.y * zoom);
  const below = end ? belowCard(end.node) : undefined;
  const edge = wire === null ? undefined : edgeOf(wire);
  addStep(type, { at: below ?? [left, top], parent: bodyAt(x, y), end, edge });
}

function belowCard(key: string): [number, number] | undefined {
  const node = useCanvasUi.getState().instance?.getInternalNode(key);
  if (!node) return undefined;
  const { x, y } = node.internals.positionAbsolute;
  return [x, y + (node.measured.height ?? 120) + 60];
}

import type { Position } from "../../../engine/flow/index.ts";
import { CARD_HEIGHT, CARD_WIDTH, positions, type Box } from "../graph/place.ts";
import { documentStore } from "../../document/store.ts";
import { useCanvasUi } from "../ui-store.ts";

/** Where the cards stand and how large they are, in canvas pixels. */
export function boxes(): (Box & { key: string })[] {
  const { instance } = useCanvasUi.getState();
  const places = positions(documentStore.getState().flow);
  return Object.entries(places).map(([key, [x, y]]) => {
    const size = instance?.getInternalNode(key)?.measured;
    return { key, x, y, width: size?.width ?? CARD_WIDTH, height: size?.height ?? CARD_HEIGHT };
  });
}

/** A point of the screen in canvas pixels. */
export function canvasPoint(x: number, y: number): Position {
  const point = useCanvasUi.getState().instance?.screenToFlowPosition({ x, y });
  return point ? [point.x, point.y] : [0, 0];
}

/** The middle of what is seen, in canvas pixels. */
export function visibleCentre(): Position {
  const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
  return pane ? canvasPoint(pane.x + pane.width / 2, pane.y + pane.height / 2) : [0, 0];
}

/** The id of the wire at a point of the screen, if one can take a step in. */
export function wireAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const wire = element.closest(".react-flow__edge");
    if (wire) return wire.getAttribute("data-id");
  }
  return null;
}

/** The key of the card at a point of the screen. */
export function cardAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const card = element.closest(".react-flow__node");
    if (card) return card.getAttribute("data-id");
  }
  return null;
}

export const isOverCanvas = (x: number, y: number): boolean =>
  document.elementsFromPoint(x, y).some((element) => element.classList.contains("react-flow"));

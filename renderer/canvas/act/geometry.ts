import type { Position } from "../../../engine/flow/index.ts";
import { containersOf } from "../../document/containers.ts";
import { knownShapes } from "../../document/shapes.ts";
import { documentStore } from "../../document/store.ts";
import { foldedKeys } from "../folded.ts";
import { placeAll, type Place, type Places } from "../graph/frames.ts";
import { useCanvasUi } from "../ui-store.ts";

/** Whether a node of the open flow holds a body. */
export function isContainer(key: string): boolean {
  const { flow, analysis } = documentStore.getState();
  return containersOf(flow, analysis?.nodes, knownShapes())(key);
}

/** Where every node of the open flow is drawn now, or would be if the flow were another one. */
export function places(flow = documentStore.getState().flow): Places {
  const { analysis } = documentStore.getState();
  const { instance } = useCanvasUi.getState();
  return placeAll({
    flow,
    isContainer: containersOf(flow, analysis?.nodes, knownShapes()),
    folded: new Set(foldedKeys()),
    sizeOf: (key) => {
      const { width, height } = instance?.getInternalNode(key)?.measured ?? {};
      return width === undefined || height === undefined ? undefined : { width, height };
    },
  });
}

/** Where the cards that can be seen stand and how large they are, in canvas pixels. */
export const boxes = (): Place[] => [...places().values()].filter((place) => !place.hidden);

/** The boxes of one body, or of the flow itself: what a new card there has to keep clear of. */
export const boxesIn = (parent: string | undefined): Place[] => boxes().filter((place) => place.parent === parent);

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

import { useSelection } from "../../selection/store.ts";
import { GRID } from "../graph/place.ts";
import { useCanvasUi } from "../ui-store.ts";
import { connectSelected } from "./connect-actions.ts";
import { openQuickAdd } from "./quick-add.ts";
import { stroke } from "./stroke.ts";
import {
  arrangeAll,
  duplicateSelection,
  enterBody,
  leaveBody,
  nudge,
  removeSelection,
  selectAll,
  selectNeighbour,
  toggleDisabled,
} from "./selection-actions.ts";
import { toggleBreakpoints } from "./debug.ts";
import { view } from "./view.ts";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

const editPart = (part: "title" | "key") => {
  const [node] = useSelection.getState().nodes;
  if (node !== undefined) useCanvasUi.getState().set({ editing: { node, part } });
};

const moves: Record<string, [number, number]> = {
  arrowleft: [-1, 0],
  arrowright: [1, 0],
  arrowup: [0, -1],
  arrowdown: [0, 1],
};

const ACTIONS: Record<string, () => unknown> = {
  delete: removeSelection,
  backspace: removeSelection,
  "mod+a": selectAll,
  "mod+d": duplicateSelection,
  "mod+shift+l": () => void arrangeAll(),
  "mod+/": toggleDisabled,
  f2: () => editPart("key"),
  enter: () => editPart("title"),
  a: openQuickAdd,
  c: connectSelected,
  "alt+arrowright": () => selectNeighbour("next"),
  "alt+arrowleft": () => selectNeighbour("previous"),
  "alt+arrowdown": enterBody,
  "alt+arrowup": leaveBody,
  f9: toggleBreakpoints,
  "+": view.zoomIn,
  "=": view.zoomIn,
  "-": view.zoomOut,
  "shift+!": () => view.fit(),
  "shift+1": () => view.fit(),
  "shift+@": () => view.fit(useSelection.getState().nodes),
  "shift+2": () => view.fit(useSelection.getState().nodes),
  "shift+)": view.actualSize,
  "shift+0": view.actualSize,
  ...Object.fromEntries(
    Object.entries(moves).flatMap(([key, [x, y]]) => [
      [key, () => nudge(x * GRID, y * GRID)],
      [`shift+${key}`, () => nudge(x * 5 * GRID, y * 5 * GRID)],
    ]),
  ),
};

/** What keys do while the canvas has the focus. True when the stroke was one of them. */
export function pressKey(event: KeyboardEvent): boolean {
  if (isTyping(event.target) || event.isComposing) return false;
  const { nodes, edges, clear } = useSelection.getState();
  if (event.key === "Escape") {
    clear();
    return nodes.length + edges.length > 0;
  }
  const focused =
    event.target instanceof HTMLElement ? event.target.closest(".react-flow__node")?.getAttribute("data-id") : null;
  if ((event.key === "Enter" || event.key === " ") && focused && !nodes.includes(focused)) {
    useSelection.getState().select(event.shiftKey ? [...nodes, focused] : [focused]);
    return true;
  }
  const wire =
    event.target instanceof Element ? event.target.closest(".react-flow__edge")?.getAttribute("data-id") : null;
  if ((event.key === "Enter" || event.key === " ") && wire && !edges.includes(wire)) {
    useSelection.getState().select([], [wire]);
    return true;
  }
  if (event.target instanceof HTMLButtonElement) return false;
  const action = ACTIONS[stroke(event)];
  action?.();
  return action !== undefined;
}

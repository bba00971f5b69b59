import type { Position } from "../../../engine/flow/index.ts";
import { useDocument } from "../../document/store.ts";
import { useSelection } from "../../selection/store.ts";
import { useCanvasUi } from "../ui-store.ts";
import { nextPlace, placeAfter, somewhereFree } from "./add.ts";
import { places } from "./geometry.ts";

/** Opens the list of steps: after the selected step, in the selected container while it is empty, or where there is room. */
export function openQuickAdd(): void {
  const { set } = useCanvasUi.getState();
  const [selected] = useSelection.getState().nodes;
  const all = places();
  const body = selected === undefined ? undefined : all.get(selected)?.body;
  const empty = body && ![...all.values()].some(({ parent }) => parent === selected);
  if (body && empty) return set({ quickAdd: { screen: screenPoint(body), at: body, parent: selected } });
  const next = selected === undefined ? undefined : nextPlace(selected);
  const at = next?.at ?? somewhereFree();
  const parent = selected === undefined || !next ? undefined : useDocument.getState().flow.parents[selected];
  set({ quickAdd: { screen: screenPoint(at), at, parent, end: next?.end } });
}

/** Opens the list of steps for a way out of a step. */
export function openQuickAddAt(key: string, port: string): void {
  const next = placeAfter(key, port);
  const parent = useDocument.getState().flow.parents[key];
  if (next) useCanvasUi.getState().set({ quickAdd: { screen: screenPoint(next.at), parent, ...next } });
}

const screenPoint = ([x, y]: Position): { x: number; y: number } =>
  useCanvasUi.getState().instance?.flowToScreenPosition({ x, y }) ?? { x: 200, y: 200 };

import { useSelection } from "../../selection/store.ts";
import { useCanvasUi } from "../ui-store.ts";
import { nextPlace } from "./add.ts";
import { visibleCentre } from "./geometry.ts";

/** Opens the list of steps: after the selected step, or in the middle of what is seen. */
export function openQuickAdd(): void {
  const { instance, set } = useCanvasUi.getState();
  const [selected] = useSelection.getState().nodes;
  const next = selected === undefined ? undefined : nextPlace(selected);
  const at = next?.at ?? visibleCentre();
  const screen = instance?.flowToScreenPosition({ x: at[0], y: at[1] }) ?? { x: 200, y: 200 };
  set({ quickAdd: { screen, at, end: next?.end } });
}

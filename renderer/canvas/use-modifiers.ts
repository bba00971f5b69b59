import { useStoreApi } from "@xyflow/react";
import { useEffect, useState } from "react";

/**
 * Whether Shift is held (dragging the ground then selects), told from every event, so that a key let go in another window or a dialog
 * is noticed. Also tells React Flow when a click adds to the selection: its own key tracking loses keys that a text field swallowed.
 */
export function useModifiers(): { shift: boolean } {
  const store = useStoreApi();
  const [shift, setShift] = useState(false);
  useEffect(() => {
    const look = ({ shiftKey, ctrlKey, metaKey }: KeyboardEvent | PointerEvent) => {
      setShift(shiftKey);
      const adding = shiftKey || ctrlKey || metaKey;
      if (store.getState().multiSelectionActive !== adding) store.setState({ multiSelectionActive: adding });
    };
    const events = ["keydown", "keyup", "pointermove", "pointerdown"] as const;
    for (const event of events) window.addEventListener(event, look, { capture: true, passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, look, { capture: true });
    };
  }, [store]);
  return { shift };
}

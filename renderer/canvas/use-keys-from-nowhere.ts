import { useEffect } from "react";
import { pressKey } from "./act/keyboard.ts";

/** When a dialog closed or what had the focus is gone, nothing has it: keys are the canvas's then. */
export function useKeysFromNowhere(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target === document.body && !event.defaultPrevented && pressKey(event)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

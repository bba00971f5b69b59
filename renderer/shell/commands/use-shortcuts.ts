import { useEffect } from "react";
import { shellStore } from "../store.ts";
import { isShortcut } from "./shortcut.ts";
import type { Action } from "./use-actions.ts";

/** Keys of the canvas and of text fields: whoever has the focus acts on them, the studio only when nobody did. */
const SHARED_KEYS = new Set(["mod+z", "mod+shift+z"]);

/** Listens for every action's keys and for the command palette's. */
export function useShortcuts(actions: readonly Action[]): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (isShortcut("mod+k", event) || isShortcut("mod+shift+p", event)) {
        event.preventDefault();
        return shellStore.getState().open("commands");
      }
      if (shellStore.getState().overlay) return;
      const action = actions.find(({ keys }) => keys && isShortcut(keys, event));
      if (!action || (SHARED_KEYS.has(action.keys!) && isTyping(event.target))) return;
      event.preventDefault();
      if (!action.disabled) action.run();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [actions]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName));

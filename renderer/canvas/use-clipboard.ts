import { useEffect, type RefObject } from "react";
import { pasteText, removeSelection, selectionText } from "./act/selection-actions.ts";

/** Copy, cut and paste of nodes as text while the canvas, and no text field, has the focus. */
export function useClipboard(canvas: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const mine = (event: ClipboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      const onCanvas = target === document.body || canvas.current?.contains(target);
      return onCanvas && !target?.closest("input, textarea, [contenteditable]") && !document.getSelection()?.toString();
    };
    const onCopy = (event: ClipboardEvent) => {
      const text = mine(event) ? selectionText() : null;
      if (text === null) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut") removeSelection();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (mine(event) && pasteText(event.clipboardData?.getData("text/plain") ?? "")) event.preventDefault();
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [canvas]);
}

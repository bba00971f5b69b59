import type { ReactNode } from "react";

/** A key or a combination, as people press it. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-small border border-line bg-panel px-1 font-sans text-11 font-medium text-ink-3">
      {children}
    </kbd>
  );
}

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** `mod+shift+z` as this machine writes it: `⇧⌘Z` or `Ctrl Shift Z`. */
export function keyLabel(combo: string, onMac = mac): string {
  const names: Record<string, string> = onMac
    ? { mod: "⌘", shift: "⇧", alt: "⌥", enter: "↵", escape: "Esc" }
    : { mod: "Ctrl", shift: "Shift", alt: "Alt", enter: "Enter", escape: "Esc" };
  const parts = (combo === "+" ? [combo] : combo.split("+")).map((part) => names[part] ?? part.toUpperCase());
  return parts.join(onMac ? "" : " ");
}

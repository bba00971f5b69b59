/** A stroke as tables of keys name it: `mod+shift+l`, `alt+arrowright`, `delete`. */
export function stroke(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  const modifiers = [(event.ctrlKey || event.metaKey) && "mod", event.altKey && "alt", event.shiftKey && "shift"];
  return [...modifiers.filter(Boolean), event.key.toLowerCase()].join("+");
}

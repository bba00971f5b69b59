import { expect, it } from "vitest";
import { keyLabel } from "./kbd.tsx";

it.each([
  ["mod+shift+z", "Ctrl Shift Z", "⌘⇧Z"],
  ["alt+1", "Alt 1", "⌥1"],
  ["mod+enter", "Ctrl Enter", "⌘↵"],
  ["+", "+", "+"],
])("%s is written as people press it", (combo, elsewhere, onMac) => {
  expect(keyLabel(combo, false)).toBe(elsewhere);
  expect(keyLabel(combo, true)).toBe(onMac);
});

import { describe, expect, it } from "vitest";
import { isShortcut } from "./shortcut.ts";

const press = (
  key: string,
  modifiers: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", true>> = {},
  code = "",
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe("shortcuts", () => {
  it("take Ctrl or Cmd for mod", () => {
    expect(isShortcut("mod+k", press("k", { ctrlKey: true }))).toBe(true);
    expect(isShortcut("mod+k", press("k", { metaKey: true }))).toBe(true);
    expect(isShortcut("mod+k", press("k"))).toBe(false);
  });

  it("don’t fire with more modifiers than they name", () => {
    expect(isShortcut("mod+z", press("Z", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(isShortcut("mod+shift+z", press("Z", { ctrlKey: true, shiftKey: true }))).toBe(true);
  });

  it("go by the place of the key where Alt changes its letter", () => {
    expect(isShortcut("alt+n", press("~", { altKey: true }, "KeyN"))).toBe(true);
    expect(isShortcut("alt+1", press("¡", { altKey: true }, "Digit1"))).toBe(true);
    expect(isShortcut("alt+2", press("¡", { altKey: true }, "Digit1"))).toBe(false);
  });
});

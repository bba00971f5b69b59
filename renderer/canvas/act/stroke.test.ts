import { describe, expect, it } from "vitest";
import { stroke } from "./stroke.ts";

const key = (name: string, more = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe("the name of a stroke", () => {
  it.each([
    [key("Delete"), "delete"],
    [key("L", { ctrlKey: true, shiftKey: true }), "mod+shift+l"],
    [key("d", { metaKey: true }), "mod+d"],
    [key("ArrowLeft", { altKey: true }), "alt+arrowleft"],
  ])("is the same on every machine", (event, name) => expect(stroke(event)).toBe(name));
});

import { describe, expect, it } from "vitest";
import { FullHeights } from "./full-heights.ts";

describe("how tall a card is from afar", () => {
  const node = { type: "llm" };
  const [early, late] = [{ ports: [] }, { ports: ["a", "b"] }];

  it("isn't known from what was drawn before the step's shape came", () => {
    const heights = new FullHeights();
    expect(heights.learn(node, undefined, 60)).toBe(false);
    expect(heights.of(node, early)).toBeUndefined();
  });

  it("is what was measured with the shape that it has now", () => {
    const heights = new FullHeights();
    heights.learn(node, early, 100);
    expect(heights.of(node, early)).toBe(100);
    expect(heights.of(node, late)).toBeUndefined();
    heights.learn(node, late, 148);
    expect(heights.of(node, late)).toBe(148);
    expect(heights.of({ ...node }, late)).toBeUndefined();
  });
});

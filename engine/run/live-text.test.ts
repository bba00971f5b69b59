import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LiveEvent } from "./events.ts";
import { joinDeltas, LiveTexts, spliceText } from "./live-text.ts";

const said = (n: number, text: string, path = "a", attempt = 1): LiveEvent => ({
  type: "step.delta",
  runId: "r",
  at: 1,
  path,
  node: path,
  attempt,
  n,
  text,
});
const answered = (n: number, text: string): LiveEvent => ({ type: "answer.delta", runId: "r", at: 1, n, text });

describe("joined deltas", () => {
  it("mean what they meant apart", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(8), fc.string(), fc.string(), (before, n, one, two) => {
        const [first, second] = [answered(n, one), answered(n + one.length, two)];
        const joined = joinDeltas(first, second)!;
        fc.pre(n <= before.length);
        expect(spliceText(before, joined)).toBe(spliceText(spliceText(before, first), second));
      }),
    );
  });

  it("are refused where the second doesn't go on", () => {
    expect(joinDeltas(answered(0, "ab"), answered(1, "c"))).toBeUndefined();
    expect(joinDeltas(said(0, "ab"), answered(2, "c"))).toBeUndefined();
    expect(joinDeltas(answered(0, "ab"), said(2, "c"))).toBeUndefined();
    expect(joinDeltas(said(0, "ab"), said(2, "c", "b"))).toBeUndefined();
    expect(joinDeltas(said(0, "ab"), said(2, "c", "a", 2))).toBeUndefined();
    expect(joinDeltas(said(0, "ab"), said(2, "c"))).toEqual(said(0, "abc"));
  });
});

describe("live texts", () => {
  it("are what was said and isn't recorded yet", () => {
    const texts = new LiveTexts();
    for (const event of [said(0, "x", "b"), said(0, "one "), said(4, "two"), answered(0, "On"), answered(1, "K")])
      texts.take(event);
    expect(texts.soFar()).toEqual([said(0, "x", "b"), said(0, "one two"), answered(0, "OK")]);
    texts.take(said(0, "new", "a", 2));
    texts.take({ type: "step.skipped", runId: "r", seq: 1, at: 1, path: "b", node: "b" });
    expect(texts.soFar()).toEqual([said(0, "new", "a", 2), answered(0, "OK")]);
  });
});

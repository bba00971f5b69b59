import { describe, expect, it } from "vitest";
import { readFlow } from "../../../engine/flow/index.ts";
import { BODY_ORIGIN, cardUnder, frameAt, FRAME_HEAD, FRAME_PAD, inBody, placeAll } from "./frames.ts";

const { flow } = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  outer:
    type: each
    body:
      nodes:
        a: { type: template }
        inner: { type: loop, body: { nodes: { b: { type: template } } } }
        empty: { type: loop }
layout: { start: [0, 0], outer: [400, 100], a: [0, 0], inner: [300, 50], b: [20, 10], empty: [0, 300] }
`);
const containers = new Set(["outer", "inner", "empty"]);
const place = (folded: string[] = [], layout = flow.layout) =>
  placeAll({
    flow: { ...flow, layout },
    isContainer: (key) => containers.has(key),
    folded: new Set(folded),
    sizeOf: (key) => (key === "a" ? { width: 240, height: 80 } : undefined),
  });

describe("where nodes in bodies are drawn", () => {
  it("counts from the body's origin, at any depth", () => {
    const places = place();
    expect(places.get("a")).toMatchObject({ x: 400 + BODY_ORIGIN[0], y: 100 + BODY_ORIGIN[1], parent: "outer" });
    expect(places.get("b")).toMatchObject({
      x: 400 + 2 * BODY_ORIGIN[0] + 300 + 20,
      y: 100 + 2 * BODY_ORIGIN[1] + 50 + 10,
      inFrame: [BODY_ORIGIN[0] + 20, BODY_ORIGIN[1] + 10],
    });
  });

  it("makes frames as large as their steps need, with room for one where there is none", () => {
    const places = place();
    const inner = places.get("inner")!;
    expect(inner).toMatchObject({ width: 260 + 2 * FRAME_PAD, height: 130 + FRAME_HEAD + 2 * FRAME_PAD });
    expect(places.get("outer")!.width).toBe(300 + inner.width + 2 * FRAME_PAD);
    expect(places.get("empty")).toMatchObject({ width: 240 + 2 * FRAME_PAD, height: 120 + FRAME_HEAD + 2 * FRAME_PAD });
  });

  it("has room for steps that stand left of or above the origin", () => {
    const places = place([], { ...flow.layout, a: [-100, -40] });
    const [outer, a] = [places.get("outer")!, places.get("a")!];
    expect([a.x - outer.x, a.y - outer.y]).toEqual(BODY_ORIGIN);
  });

  it("lists containers before what they hold", () => {
    const order = [...place().keys()];
    expect(order.indexOf("outer")).toBeLessThan(order.indexOf("inner"));
    expect(order.indexOf("inner")).toBeLessThan(order.indexOf("b"));
  });

  it("hides what is in a folded container, however deep", () => {
    const places = place(["outer"]);
    expect(["a", "inner", "b"].map((key) => places.get(key)?.hidden)).toEqual([true, true, true]);
    expect(places.get("outer")).toMatchObject({ hidden: false, width: 240 });
    expect(places.get("outer")?.body).toBeUndefined();
  });
});

describe("what is under a point", () => {
  const places = place();
  const b = places.get("b")!;

  it("is the innermost frame and the innermost card", () => {
    expect(frameAt(places, [b.x, b.y])).toBe("inner");
    expect(cardUnder(places, [b.x, b.y])).toBe("b");
    expect(frameAt(places, [410, 110])).toBe("outer");
    expect(frameAt(places, [0, 0])).toBeUndefined();
  });

  it("is not what is being dragged, nor anything in it", () => {
    expect(frameAt(places, [b.x, b.y], new Set(["inner"]))).toBe("outer");
    expect(frameAt(places, [b.x, b.y], new Set(["outer"]))).toBeUndefined();
  });

  it("is told as a position in a body", () => {
    expect(inBody(places, "inner", [b.x, b.y])).toEqual([20, 10]);
    expect(inBody(places, undefined, [7, 8])).toEqual([7, 8]);
  });

  it("is no frame inside a folded one", () => {
    expect(frameAt(place(["outer"]), [b.x, b.y])).toBeUndefined();
  });
});

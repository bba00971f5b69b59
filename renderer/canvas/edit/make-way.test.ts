import { describe, expect, it } from "vitest";
import { applyCommand, readFlow, type Flow, type FlowCommand } from "../../../engine/flow/index.ts";
import { placeAll } from "../graph/frames.ts";
import { makeWay } from "./make-way.ts";

const { flow } = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  outer:
    type: each
    body:
      nodes:
        inner: { type: each, body: { nodes: { a: { type: t } } } }
        after: { type: t }
  right: { type: t }
  far: { type: t }
  below: { type: t }
  above: { type: t }
layout: { start: [-320, 0], outer: [0, 0], inner: [0, 0], a: [0, 0], after: [340, 0], right: [720, 100], far: [1100, 900], below: [0, 460], above: [0, -200] }
`);
const containers = new Set(["outer", "inner", "fresh"]);
const placesOf = (of: Flow) =>
  placeAll({ flow: of, isContainer: (key) => containers.has(key), folded: new Set(), sizeOf: () => undefined });
const wayFor = (command: FlowCommand) =>
  makeWay({ before: placesOf(flow), after: applyCommand(flow, command).flow, placesOf });
const add = (key: string, parent: string | undefined, at: [number, number]): FlowCommand => ({
  do: "node.add",
  key,
  node: { type: "t" },
  ...(parent !== undefined && { parent }),
  at,
});

describe("a frame that grows", () => {
  it("moves what is right of it and what is right of the frames around it, all together", () => {
    const moved = wayFor(add("b", "inner", [320, 0]));
    // The inner frame is 620 wide now and keeps 40 to what follows it; the outer one grows by as much.
    expect(moved).toEqual({ after: [660, 0], right: [1000, 100], far: [1380, 900] });
  });

  it("moves what is below it down, and nothing else", () => {
    const moved = wayFor(add("b", "inner", [0, 180]));
    expect(Object.keys(moved).toSorted()).toEqual(["below", "far"]);
    expect(moved["below"]![0]).toBe(0);
    expect(moved["below"]![1]).toBeGreaterThan(460);
  });

  it("covers nothing afterwards", () => {
    const after = applyCommand(flow, add("b", "inner", [700, 400])).flow;
    const moved = makeWay({ before: placesOf(flow), after, placesOf });
    const places = placesOf({ ...after, layout: { ...after.layout, ...moved } });
    const outer = places.get("outer")!;
    for (const key of ["right", "far", "below", "above", "start"]) {
      const box = places.get(key)!;
      const apart =
        box.x >= outer.x + outer.width ||
        box.y >= outer.y + outer.height ||
        box.x + box.width <= outer.x ||
        box.y + box.height <= outer.y;
      expect(apart, key).toBe(true);
    }
  });

  it("covers others where a person moves it", () => {
    expect(wayFor({ do: "node.move", positions: { outer: [500, 0] } })).toEqual({});
  });

  it("leaves all where it is when it doesn't grow or there is room", () => {
    expect(wayFor(add("b", undefined, [0, 2000]))).toEqual({});
    expect(wayFor({ do: "node.move", positions: { a: [10, 0] } })).toEqual({ after: [350, 0] });
    expect(wayFor({ do: "node.remove", key: "a" })).toEqual({});
  });

  it("makes way for a new container that is larger than a card", () => {
    expect(wayFor(add("fresh", undefined, [-320, 600]))).toEqual({});
    expect(wayFor(add("fresh", undefined, [440, 40]))["right"]).toEqual([780, 100]);
  });
});

import { describe, expect, it } from "vitest";
import {
  applyCommand,
  edgeId,
  readFlow,
  type Flow,
  type FlowCommand,
  type Position,
} from "../../../engine/flow/index.ts";
import { canBind, inside, outermost, pullOrigin, reparent, wrap, type Wrapper } from "./bodies.ts";

const { flow } = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  before: { type: template }
  each: { type: each, body: { nodes: { a: { type: agent }, b: { type: template }, tools: { type: mcp-server } }, edges: [a -> b], bindings: [tools -> a.tools] } }
  after: { type: template }
edges: [start -> before, before -> each, each -> after, before.error -> after]
layout: { start: [0, 0], before: [300, 0], each: [600, 0], a: [0, 0], b: [300, 0], tools: [0, 200], after: [1500, 0] }
`);
const apply = (from: Flow, commands: FlowCommand[]) => applyCommand(from, { do: "batch", commands });
const edges = (of: Flow) => of.edges.map(edgeId).toSorted();
const at = (places: Record<string, Position>) => new Map(Object.entries(places));

describe("moving steps into a body or out of one", () => {
  it("keeps the wires among those that move and cuts the others, which it counts", () => {
    const { commands, cut } = reparent(flow, "each", at({ before: [0, 300], after: [300, 300] }));
    const moved = apply(flow, commands).flow;
    expect(moved.parents).toMatchObject({ before: "each", after: "each" });
    expect(edges(moved)).toEqual(["a.out->b", "before.error->after"]);
    expect(moved.layout["after"]).toEqual([300, 300]);
    expect(cut).toBe(3);
  });

  it("is one edit that undo takes back whole", () => {
    const { flow: moved, inverse } = apply(flow, reparent(flow, null, at({ a: [0, 500] })).commands);
    expect(moved.parents["a"]).toBeUndefined();
    expect(applyCommand(moved, inverse).flow).toEqual(flow);
  });

  it("cuts a binding whose resource would be left inside, and keeps one from further out", () => {
    expect(reparent(flow, null, at({ a: [0, 500] })).cut).toBe(2);
    expect(reparent(flow, null, at({ tools: [0, 500] })).cut).toBe(0);
    expect(canBind(flow, "tools", "after")).toBe(false);
    expect(canBind({ ...flow, parents: { a: "each", b: "each" } }, "tools", "a")).toBe(true);
  });

  it("only moves those that aren't there yet", () => {
    const { commands } = reparent(flow, "each", at({ a: [50, 50] }));
    expect(commands.map((command) => command.do)).toEqual(["node.move"]);
  });
});

describe("wrapping steps in a container", () => {
  const wrapper: Wrapper = {
    key: "loop",
    add: { do: "node.add", key: "loop", node: { type: "loop" }, at: [270, -90] },
    port: "out",
  };

  it("leads what led to them to the container, and the container to what came after", () => {
    const chain = readFlow(
      "heddle: 1\nname: T\nnodes: { s: { type: start }, x: { type: t }, y: { type: t }, z: { type: t } }\nedges: [s -> x, x -> y, y -> z]\n",
    ).flow;
    const wrapped = wrap(chain, ["x", "y"], wrapper, at({ x: [0, 0], y: [300, 0] }))!;
    const after = apply(chain, wrapped.commands).flow;
    expect(edges(after)).toEqual(["loop.out->z", "s.out->loop", "x.out->y"]);
    expect(after.parents).toEqual({ x: "loop", y: "loop" });
    expect(wrapped.cut).toBe(0);
  });

  it("cuts ways for failures, which would mean something else around the whole", () => {
    expect(wrap(flow, ["before"], wrapper, at({ before: [0, 0] }))!.cut).toBe(1);
  });

  it("takes only steps of one body", () => {
    expect(wrap(flow, ["before", "a"], wrapper, at({ before: [0, 0], a: [0, 0] }))).toBeNull();
    expect(wrap(flow, [], wrapper, new Map())).toBeNull();
  });
});

describe("what is in a body", () => {
  it("goes with its container", () => {
    expect([...inside(flow, new Set(["each"]))]).toEqual(["a", "b", "tools"]);
    expect(outermost(flow, ["a", "each", "after"])).toEqual(["each", "after"]);
  });

  it("pushes the corner out where it stands left of or above it, and is seen to stay", () => {
    const moved = apply(flow, pullOrigin(flow, "each", { ...flow.layout, a: [-50, 20] })).flow;
    expect(moved.layout).toMatchObject({ each: [550, 0], a: [0, 20], b: [350, 0], tools: [50, 200], after: [1500, 0] });
    expect(pullOrigin(flow, "each", flow.layout)).toEqual([]);
  });
});

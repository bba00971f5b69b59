import { describe, expect, it } from "vitest";
import { readFlow, type Position } from "../../../engine/flow/index.ts";
import { arrange } from "./arrange.ts";

const { flow } = readFlow(`heddle: 1
name: T
nodes: { start: { type: start }, agent: { type: agent }, a: { type: llm }, b: { type: llm }, shop: { type: mcp-server }, note: { type: note } }
edges: [start -> agent, agent -> a, agent -> b]
bindings: [shop -> agent.tools]
`);
const boxes = Object.keys(flow.nodes).map((key, i) => ({
  key,
  x: 100,
  y: 100 + i * 10,
  width: 240,
  height: 120,
  ports: {},
}));

describe("auto layout", () => {
  it("lays steps from left to right, what is bound below its step, and leaves what nothing joins", async () => {
    const placed = await arrange(flow, boxes);
    const at = (key: string): Position => placed[key]!;
    expect(at("start")).toEqual([100, 100]);
    expect(at("agent")[0]).toBeGreaterThan(at("start")[0] + 240);
    expect(at("a")[0]).toBeGreaterThan(at("agent")[0] + 240);
    expect(Math.abs(at("a")[1] - at("b")[1])).toBeGreaterThanOrEqual(120);
    expect(at("shop")[0]).toBe(at("agent")[0]);
    expect(at("shop")[1]).toBeGreaterThanOrEqual(at("agent")[1] + 120);
    expect(at("note")).toEqual([100, 150]);
    for (const [x, y] of Object.values(placed)) expect([x % 10, y % 10]).toEqual([0, 0]);
  });
});

describe("auto layout of ways aside", () => {
  const box = (key: string) => ({
    key,
    x: 0,
    y: 0,
    width: 240,
    height: 120,
    ports: { out: 30, undo: 120, error: 120 },
  });

  it("keeps what comes next in the row, and puts what undoes a step or handles its error below", async () => {
    const { flow } = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  charge: { type: t }
  refund: { type: t }
  told: { type: t }
  excuse: { type: t }
  ship: { type: t }
  answer: { type: answer }
edges: [start -> charge, charge.undo -> refund, refund -> told, charge.error -> excuse, charge -> ship, ship -> answer]
`);
    const placed = await arrange(flow, Object.keys(flow.nodes).map(box));
    const row = (key: string) => placed[key]![1];
    expect(["start", "charge", "ship", "answer"].map(row)).toEqual([
      row("start"),
      row("start"),
      row("start"),
      row("start"),
    ]);
    for (const key of ["refund", "excuse", "told"]) expect(row(key)).toBeGreaterThanOrEqual(row("start") + 120);
  });
});

describe("auto layout of bodies", () => {
  it("lays a body out from its own corner and gives its container the room that it takes", async () => {
    const { flow } = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  each: { type: each, body: { nodes: { a: { type: t }, b: { type: t }, c: { type: t } }, edges: [a -> b, b -> c] } }
  after: { type: t }
edges: [start -> each, each -> after]
layout: { start: [0, 0], each: [10, 10], a: [0, 0], b: [0, 0], c: [0, 0], after: [20, 20] }
`);
    const box = (key: string) => ({ key, x: 0, y: 0, width: 240, height: 120, ports: {} });
    const placed = await arrange(flow, Object.keys(flow.nodes).map(box));
    expect(placed["a"]).toEqual([0, 0]);
    expect([placed["b"]![0] > 240, placed["c"]![0] > placed["b"]![0] + 240]).toEqual([true, true]);
    expect(placed["after"]![0]).toBeGreaterThan(placed["each"]![0] + placed["c"]![0] + 240);
    const folded = await arrange(flow, Object.keys(flow.nodes).map(box), new Set(["each"]));
    expect(folded["after"]![0]).toBeLessThan(placed["after"]![0]);
  });
});

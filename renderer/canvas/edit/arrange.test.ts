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

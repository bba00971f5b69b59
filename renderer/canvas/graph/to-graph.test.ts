import { describe, expect, it } from "vitest";
import { readFlow, type NodeAnalysis } from "../../../engine/flow/index.ts";
import { placeAll } from "./frames.ts";
import { positions } from "./place.ts";
import { strayPorts, toLineage, toNodes, toWires, withSelection, type CanvasNode } from "./to-graph.ts";

const { flow } = readFlow(`heddle: 1
name: T
nodes: { start: { type: start }, route: { type: condition }, answer: { type: answer }, shop: { type: mcp-server } }
edges: [start -> route, route.gone -> answer, route.error -> answer, start -> nobody]
bindings: [shop -> route.tools]
layout: { start: [0, 0] }
`);
const exists = (key: string) => key in flow.nodes;
const nodes = (selected: string[], before: CanvasNode[] = []) =>
  toNodes(
    {
      flow,
      places: placeAll({ flow, isContainer: () => false, folded: new Set(), sizeOf: () => undefined }),
      local: {},
      sizes: {},
      selected: new Set(selected),
      nameOf: (key) => key,
      isNote: () => false,
    },
    before,
  );

describe("the drawing of a flow", () => {
  it("keeps the object of every card that looks as it did", () => {
    const first = nodes([]);
    const again = nodes(["route"], first);
    expect(again.map((node, i) => node === first[i])).toEqual([true, false, true, true]);
    expect(nodes(["route"], again)).toBe(again);
  });

  it("places cards that the file doesn't, in columns by what comes after what", () => {
    const placed = positions(flow);
    expect(placed["start"]).toEqual([0, 0]);
    expect(placed["route"]![0]).toBeLessThan(placed["answer"]![0]);
    expect(new Set(Object.values(placed).map(String)).size).toBe(4);
  });

  it("draws wires whose ends exist", () => {
    const wires = withSelection(toWires(flow, exists), new Set(["start.out->route"]));
    expect(wires.map(({ id, type, selected }) => [id, type, selected])).toEqual([
      ["start.out->route", "flow", true],
      ["route.gone->answer", "flow", false],
      ["route.error->answer", "flow", false],
      ["shop->route.tools", "binding", false],
    ]);
  });

  it("shows where the selected step's data comes from and goes to", () => {
    const uses = (...keys: string[]): NodeAnalysis => ({ uses: keys }) as NodeAnalysis;
    const analysis = { start: uses(), route: uses("start"), answer: uses("route"), shop: uses() };
    const lineage = toLineage(analysis, "route", exists);
    expect(lineage.map(({ source, target }) => [source, target])).toEqual([
      ["start", "route"],
      ["route", "answer"],
    ]);
  });

  it("tells ports that wires leave by though the step has lost them", () => {
    expect(strayPorts(flow, "route", [{ id: "else" }])).toEqual(["gone"]);
  });
});

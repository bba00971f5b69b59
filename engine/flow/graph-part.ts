import { checkGraph } from "./check-graph.ts";
import { checkBindings, checkEdges } from "./check-wires.ts";
import { buildGraph, type FlowGraph } from "./graph.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import type { Problem } from "./problem.ts";
import { reachOf, type Reach } from "./reach.ts";
import { scopesOf, type Scopes } from "./scopes.ts";
import type { Binding, Edge, Flow } from "./schema.ts";

/** What follows from the graph alone. It stays as long as nodes are the same to the graph and the same wires join them. */
export interface GraphPart {
  flow: Flow;
  structures: readonly string[];
  graph: FlowGraph;
  reach: Reach;
  scopes: Scopes;
  /** Nodes that somebody has begun to use: with a wire, or alone in a body. */
  wired: ReadonlySet<string>;
  problems: readonly Problem[];
}

interface Given {
  flow: Flow;
  structures: readonly string[];
  shapes: ReadonlyMap<string, NodeShape>;
  types: NodeTypes;
}

/** What follows from the graph: from before where nothing of that changed. */
export function graphPart({ flow, structures, shapes, types }: Given, before: GraphPart | undefined): GraphPart {
  if (before && isSameGraph(before, flow, structures)) return before;
  const graph = buildGraph(flow, shapes);
  const reach = reachOf(flow, graph, shapes);
  const problems = [
    ...checkEdges(flow, shapes),
    ...checkBindings(flow, shapes),
    ...checkGraph(flow, graph, { shapes, types, parts: reach.parts }),
  ];
  const scopes = scopesOf(graph, before);
  return { flow, structures, graph, reach, scopes, wired: wiredNodes(flow), problems };
}

function isSameGraph(before: GraphPart, flow: Flow, structures: readonly string[]): boolean {
  if (before.structures.length !== structures.length) return false;
  if (!structures.every((structure, index) => structure === before.structures[index])) return false;
  const { keys } = before.graph;
  let index = 0;
  for (const key in flow.nodes) if (keys[index++] !== key) return false;
  // The way out of a circle says where its steps stand.
  const stands = before.flow.layout === flow.layout || before.graph.sorted === keys.length;
  return (
    stands &&
    isSameWires(before.flow.edges, flow.edges) &&
    isSameWires(before.flow.bindings, flow.bindings) &&
    isSameRecord(before.flow.parents, flow.parents)
  );
}

function isSameWires(before: readonly (Edge | Binding)[], now: readonly (Edge | Binding)[]): boolean {
  if (before === now) return true;
  return (
    before.length === now.length && before.every((wire, index) => wire === now[index] || isSameWire(wire, now[index]!))
  );
}

const isSameWire = (a: Edge | Binding, b: Edge | Binding): boolean =>
  a.from === b.from && a.to === b.to && ("port" in a ? a.port : a.slot) === ("port" in b ? b.port : b.slot);

function isSameRecord(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): boolean {
  if (before === now) return true;
  const keys = Object.keys(now);
  return keys.length === Object.keys(before).length && keys.every((key) => before[key] === now[key]);
}

function wiredNodes(flow: Flow): Set<string> {
  const wired = new Set<string>();
  for (const { from, to } of flow.edges) wired.add(from).add(to);
  for (const { from, to } of flow.bindings) wired.add(from).add(to);
  const sizes = new Map<string, number>();
  for (const parent of Object.values(flow.parents)) sizes.set(parent, (sizes.get(parent) ?? 0) + 1);
  for (const [key, parent] of Object.entries(flow.parents)) if (sizes.get(parent) === 1) wired.add(key);
  return wired;
}

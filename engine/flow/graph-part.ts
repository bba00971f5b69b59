import { checkGraph } from "./check-graph.ts";
import { checkBindings, checkEdges } from "./check-wires.ts";
import { buildGraph, type FlowGraph } from "./graph.ts";
import type { KnownNode } from "./known-node.ts";
import { structureOf } from "./node-info.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import type { Problem } from "./problem.ts";
import { reachOf, type Reach } from "./reach.ts";
import type { Binding, Edge, Flow } from "./schema.ts";

/** What follows from the graph alone. It stays as long as nodes are the same to the graph and the same wires join them. */
export interface GraphPart {
  flow: Flow;
  nodes: readonly KnownNode[];
  graph: FlowGraph;
  reach: Reach;
  /** Nodes that somebody has begun to use: with a wire, or alone in a body. */
  wired: ReadonlySet<string>;
  problems: readonly Problem[];
}

interface Given {
  flow: Flow;
  nodes: readonly KnownNode[];
  shapes: ReadonlyMap<string, NodeShape>;
  types: NodeTypes;
}

/** What follows from the graph: from before where nothing of that changed. */
export function graphPart({ flow, nodes, shapes, types }: Given, before: GraphPart | undefined): GraphPart {
  if (before && isSameGraph(before, flow, nodes)) return { ...before, nodes };
  const graph = buildGraph(flow, shapes);
  const reach = reachOf(flow, graph, shapes);
  const problems = [
    ...checkEdges(flow, shapes),
    ...checkBindings(flow, shapes),
    ...checkGraph(flow, graph, { shapes, types, parts: reach.parts }),
  ];
  return { flow, nodes, graph, reach, wired: wiredNodes(flow), problems };
}

function isSameGraph(before: GraphPart, flow: Flow, nodes: readonly KnownNode[]): boolean {
  if (before.nodes.length !== nodes.length) return false;
  if (!nodes.every((node, index) => isSameNode(node, before.nodes[index]!))) return false;
  const { keys } = before.graph;
  // The way out of a circle says where its steps stand, and rewrites what others refer to.
  if (before.graph.sorted < keys.length && before.flow !== flow) return false;
  return (
    isSameWires(before.flow.edges, flow.edges) &&
    isSameWires(before.flow.bindings, flow.bindings) &&
    isSameRecord(before.flow.parents, flow.parents)
  );
}

const isSameNode = (node: KnownNode, before: KnownNode): boolean =>
  node === before ||
  (node.key === before.key && structureOf(node.node, node.info.shape) === structureOf(before.node, before.info.shape));

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
  for (const key of Object.keys(flow.parents)) if (sizes.get(flow.parents[key]!) === 1) wired.add(key);
  return wired;
}

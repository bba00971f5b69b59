import { BitSet } from "./bit-set.ts";
import type { NodeShape } from "./node-types.ts";
import type { Edge, Flow } from "./schema.ts";

/** A flow's control edges between steps that exist, by index. Edges that can't be (dangling, into the start, to itself) are left out. */
export interface FlowGraph {
  keys: readonly string[];
  indexOf: ReadonlyMap<string, number>;
  edges: readonly GraphEdge[];
  incoming: readonly (readonly number[])[];
  outgoing: readonly (readonly number[])[];
  /** Every node once; without cycles each stands after all that lead to it. Nodes on or behind a cycle come last. */
  order: readonly number[];
  /** How many of `order` are free of cycles. */
  sorted: number;
}

export interface GraphEdge {
  from: number;
  to: number;
  port: string;
}

export function buildGraph(flow: Flow, shapes: ReadonlyMap<string, NodeShape>): FlowGraph {
  const keys = Object.keys(flow.nodes);
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const incoming: number[][] = keys.map(() => []);
  const outgoing: number[][] = keys.map(() => []);
  const edges: GraphEdge[] = [];
  for (const edge of flow.edges) {
    if (!joinsSteps(edge, shapes)) continue;
    const from = indexOf.get(edge.from)!;
    const to = indexOf.get(edge.to)!;
    outgoing[from]!.push(edges.length);
    incoming[to]!.push(edges.length);
    edges.push({ from, to, port: edge.port });
  }
  return { keys, indexOf, edges, incoming, outgoing, ...topologicalOrder(edges, incoming, outgoing) };
}

function joinsSteps(edge: Edge, shapes: ReadonlyMap<string, NodeShape>): boolean {
  const from = shapes.get(edge.from);
  const to = shapes.get(edge.to);
  return from?.role === "step" && to?.role === "step" && to.hasInput && edge.from !== edge.to;
}

function topologicalOrder(edges: readonly GraphEdge[], incoming: readonly number[][], outgoing: readonly number[][]) {
  const waiting = incoming.map((list) => list.length);
  const order = waiting.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let at = 0; at < order.length; at++) {
    for (const edge of outgoing[order[at]!]!) {
      const { to } = edges[edge]!;
      if (--waiting[to]! === 0) order.push(to);
    }
  }
  const sorted = order.length;
  if (sorted < incoming.length) {
    const placed = new Set(order);
    for (let index = 0; index < incoming.length; index++) if (!placed.has(index)) order.push(index);
  }
  return { order, sorted };
}

/** For each node the set of those that lead to it, over any number of edges. Edges that close a cycle count as far as they were met. */
export function ancestorSets(graph: FlowGraph): BitSet[] {
  const sets = graph.keys.map(() => new BitSet(graph.keys.length));
  const rounds = graph.sorted === graph.keys.length ? 1 : 2;
  for (let round = 0; round < rounds; round++) {
    for (const node of graph.order) {
      for (const edge of graph.incoming[node]!) {
        const { from } = graph.edges[edge]!;
        sets[node]!.addAll(sets[from]!);
        sets[node]!.add(from);
      }
    }
  }
  for (const [node, set] of sets.entries()) set.delete(node);
  return sets;
}

/** The nearest ancestors first, breadth by breadth, at most `limit` of them. */
export function nearestAncestors(graph: FlowGraph, node: number, limit: number): string[] {
  const found: number[] = [node];
  const seen = new Set(found);
  for (let at = 0; at < found.length && found.length <= limit; at++) {
    for (const edge of graph.incoming[found[at]!]!) {
      const { from } = graph.edges[edge]!;
      if (seen.has(from)) continue;
      seen.add(from);
      found.push(from);
    }
  }
  return found.slice(1, limit + 1).map((index) => graph.keys[index]!);
}

/** Every node that can be reached from the given ones, themselves included. */
export function reachableFrom(graph: FlowGraph, starts: readonly number[]): BitSet {
  const reached = new BitSet(graph.keys.length);
  const queue = [...starts];
  for (const start of starts) reached.add(start);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const edge of graph.outgoing[node]!) {
      const { to } = graph.edges[edge]!;
      if (reached.has(to)) continue;
      reached.add(to);
      queue.push(to);
    }
  }
  return reached;
}

/** One circle for each group of steps that wait for each other: the edges of it, in order. */
export function findCycles(graph: FlowGraph): number[][] {
  const cycles: number[][] = [];
  const done = new Set<number>();
  for (const start of graph.order.slice(graph.sorted)) {
    if (done.has(start)) continue;
    const cycle = cycleThrough(graph, start);
    if (!cycle) continue;
    for (const edge of cycle) done.add(graph.edges[edge]!.from);
    if (!cycles.some((known) => known.some((edge) => cycle.includes(edge)))) cycles.push(cycle);
  }
  return cycles;
}

/** The shortest way from a node back to itself. */
function cycleThrough(graph: FlowGraph, start: number): number[] | undefined {
  const cameBy = new Map<number, number>();
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    for (const edge of graph.outgoing[queue[at]!]!) {
      const { to } = graph.edges[edge]!;
      if (to === start) return wayBack(graph, { cameBy, last: edge, start });
      if (cameBy.has(to)) continue;
      cameBy.set(to, edge);
      queue.push(to);
    }
  }
  return undefined;
}

function wayBack(
  graph: FlowGraph,
  { cameBy, last, start }: { cameBy: Map<number, number>; last: number; start: number },
): number[] {
  const way = [last];
  for (let node = graph.edges[last]!.from; node !== start;) {
    const edge = cameBy.get(node)!;
    way.unshift(edge);
    node = graph.edges[edge]!.from;
  }
  return way;
}

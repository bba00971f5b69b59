import { BitSet } from "./bit-set.ts";
import { parentOf } from "./bodies.ts";
import type { NodeShape } from "./node-types.ts";
import { UNDO_PORT, type Edge, type Flow } from "./schema.ts";

/**
 * A flow's control edges between steps that exist, by index; the bodies of its containers are parts of it that nothing joins to the rest.
 * Edges that can't be (dangling, into the start, to itself, over the border of a body) are left out. Those that lead to what undoes a step
 * are among the edges, under their port.
 */
export interface FlowGraph {
  keys: readonly string[];
  indexOf: ReadonlyMap<string, number>;
  /** By node: the index of the container that it is in, or -1. */
  parents: readonly number[];
  /** The nodes in bodies, outer ones first. */
  inner: readonly number[];
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
  const indexOf = new Map<string, number>();
  keys.forEach((key, index) => indexOf.set(key, index));
  const parents = keys.map((key) => {
    const parent = parentOf(flow, key);
    return parent === undefined ? -1 : indexOf.get(parent)!;
  });
  const incoming: number[][] = keys.map(() => []);
  const outgoing: number[][] = keys.map(() => []);
  const edges: GraphEdge[] = [];
  for (const edge of flow.edges) {
    const from = indexOf.get(edge.from);
    const to = indexOf.get(edge.to);
    if (from === undefined || to === undefined || from === to || parents[from] !== parents[to]) continue;
    if (!joinsSteps(edge, shapes)) continue;
    outgoing[from]!.push(edges.length);
    incoming[to]!.push(edges.length);
    edges.push({ from, to, port: edge.port });
  }
  const order = topologicalOrder(edges, incoming, outgoing);
  return { keys, indexOf, parents, inner: outerFirst(parents), edges, incoming, outgoing, ...order };
}

function joinsSteps({ from: source, port, to: target }: Edge, shapes: ReadonlyMap<string, NodeShape>): boolean {
  const from = shapes.get(source)!;
  const to = shapes.get(target)!;
  return from.role === "step" && to.role === "step" && to.hasInput && (port !== UNDO_PORT || from.hasInput);
}

function outerFirst(parents: readonly number[]): number[] {
  const depth = (node: number): number => (parents[node] === -1 ? 0 : 1 + depth(parents[node]!));
  const inner = parents.flatMap((parent, node) => (parent === -1 ? [] : [[node, depth(node)] as const]));
  return inner.toSorted((a, b) => a[1] - b[1]).map(([node]) => node);
}

/** Whether an edge is one that the run goes on by, not one to what undoes a step. */
export const isNormal = (edge: GraphEdge): boolean => edge.port !== UNDO_PORT;

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
  const sets = BitSet.many(graph.keys.length, graph.keys.length);
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
  sets.forEach((set, node) => set.delete(node));
  return sets;
}

/** Every node that can be reached from the given ones by edges that `takes` allows, themselves included. */
export function reachableFrom(
  graph: FlowGraph,
  starts: readonly number[],
  takes: (edge: GraphEdge) => boolean = () => true,
): BitSet {
  const reached = new BitSet(graph.keys.length);
  const queue = [...starts];
  for (const start of starts) reached.add(start);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const edge of graph.outgoing[node]!) {
      const { to } = graph.edges[edge]!;
      if (reached.has(to) || !takes(graph.edges[edge]!)) continue;
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

/** The nodes that can be reached from a node and from which it can be reached: what a circle is tangled with. */
export function tangledWith(graph: FlowGraph, node: number): number[] {
  const reached = reachableFrom(graph, [node]);
  const leading = new BitSet(graph.keys.length);
  leading.add(node);
  const queue = [node];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const edge of graph.incoming[at]!) {
      const { from } = graph.edges[edge]!;
      if (leading.has(from)) continue;
      leading.add(from);
      queue.push(from);
    }
  }
  return graph.keys.flatMap((_, index) => (reached.has(index) && leading.has(index) ? [index] : []));
}

import { BitSet } from "./bit-set.ts";
import type { FlowGraph } from "./graph.ts";
import type { NodeShape } from "./node-types.ts";
import { DEFAULT_PORT, ERROR_PORT, type Flow } from "./schema.ts";

/**
 * For each node the set of nodes that are sure to have a result whenever it runs: those on every way to it, and those that such a node
 * starts whichever way it leaves (parallel branches). A step that failed into its error port, and a disabled one, have no result.
 */
export function certainResults(flow: Flow, graph: FlowGraph, shapes: ReadonlyMap<string, NodeShape>): BitSet[] {
  const exits = graph.keys.map((key, node) => exitsOf(flow, graph, { key, node, shapes }));
  const forced = forcedResults(flow, graph, exits);
  const certain = graph.keys.map(() => new BitSet(graph.keys.length));
  for (const node of graph.order.slice(0, graph.sorted)) {
    const ways = graph.incoming[node]!.map((edge) =>
      resultsBehind(graph, { edge, certain, forced, exits, join: flow.nodes[graph.keys[node]!]!.join }),
    );
    const [first, ...others] = ways;
    if (!first) continue;
    for (const other of others) first.keepOnly(other);
    certain[node]!.addAll(first);
  }
  return certain;
}

/** How a node may leave when the run goes on: one list of edges for each port, possibly empty. */
interface Exits {
  ports: { port: string; edges: number[] }[];
  /** It has a result however it leaves. */
  sure: boolean;
  /** It has a result when it leaves by another port than `error`. */
  gives: boolean;
}

function exitsOf(
  flow: Flow,
  graph: FlowGraph,
  at: { key: string; node: number; shapes: ReadonlyMap<string, NodeShape> },
): Exits {
  const { disabled, fallback } = flow.nodes[at.key]!;
  const edges = graph.outgoing[at.node]!;
  const by = (port: string) => ({ port, edges: edges.filter((edge) => graph.edges[edge]!.port === port) });
  const declared = at.shapes.get(at.key)?.ports.map((port) => port.id) ?? [];
  if (disabled) {
    const passed = declared.includes(DEFAULT_PORT) ? DEFAULT_PORT : (declared[0] ?? DEFAULT_PORT);
    return { ports: [by(passed)], sure: false, gives: false };
  }
  const ports = [...new Set([...declared, ...edges.map((edge) => graph.edges[edge]!.port)])].filter(
    (port) => port !== ERROR_PORT,
  );
  const failing = by(ERROR_PORT);
  const mayFail = failing.edges.length > 0 && fallback === undefined;
  return { ports: [...ports.map(by), ...(mayFail ? [failing] : [])], sure: !mayFail, gives: true };
}

/** For each node the results that are sure once it runs, looking forward only. */
function forcedResults(flow: Flow, graph: FlowGraph, exits: readonly Exits[]): BitSet[] {
  const forced = graph.keys.map(() => new BitSet(graph.keys.length));
  for (const node of graph.order.slice(0, graph.sorted).toReversed()) {
    const ways = exits[node]!.ports.map(({ edges }) => startedBy(graph, forced, edges));
    const [first, ...others] = ways;
    for (const other of others) first!.keepOnly(other);
    if (first) forced[node]!.addAll(first);
    if (exits[node]!.sure) forced[node]!.add(node);
  }
  return forced;
}

function startedBy(graph: FlowGraph, forced: readonly BitSet[], edges: readonly number[]): BitSet {
  const results = new BitSet(graph.keys.length);
  for (const edge of edges) results.addAll(forced[graph.edges[edge]!.to]!);
  return results;
}

interface Way {
  edge: number;
  certain: readonly BitSet[];
  forced: readonly BitSet[];
  exits: readonly Exits[];
  join: "all" | "any" | undefined;
}

/** What is sure to have a result when a node is entered by this edge. With `join: any`, branches beside it may still run. */
function resultsBehind(graph: FlowGraph, { edge, certain, forced, exits, join }: Way): BitSet {
  const { from, port } = graph.edges[edge]!;
  const results = certain[from]!.copy();
  if (exits[from]!.gives && port !== ERROR_PORT) results.add(from);
  if (join === "any") return results;
  results.addAll(forced[from]!);
  results.addAll(startedBy(graph, forced, exits[from]!.ports.find((exit) => exit.port === port)?.edges ?? []));
  return results;
}

import { BitSet } from "./bit-set.ts";
import type { FlowGraph } from "./graph.ts";
import type { NodeShape } from "./node-types.ts";
import { DEFAULT_PORT, ERROR_PORT, UNDO_PORT, type Flow } from "./schema.ts";

/**
 * For each node the set of nodes that are sure to have a result whenever it runs: those on every way to it, and those that such a node
 * starts whichever way it leaves (parallel branches). A step that failed into its error port, and a disabled one, have no result.
 */
export function certainResults(flow: Flow, graph: FlowGraph, known: Known): Pick<Certainty, "certain" | "forced"> {
  const exits = graph.keys.map((key, node) => exitsOf(flow, graph, { key, node, shapes: known.shapes }));
  const empty = (): BitSet[] => graph.keys.map(() => new BitSet(graph.keys.length));
  const so: Certainty = { exits, forced: forcedResults(graph, exits), certain: empty(), settled: empty() };
  for (const node of graph.order.slice(0, graph.sorted)) {
    const first = flow.nodes[graph.keys[node]!]!.join === "any";
    const ways = graph.incoming[node]!.map((edge) =>
      first || graph.edges[edge]!.port === UNDO_PORT ? settledBehind(graph, edge, so) : certainBehind(graph, edge, so),
    );
    const results = inAll(ways);
    if (!results) continue;
    so.certain[node]!.addAll(results);
    so.settled[node]!.addAll(results);
    so.settled[node]!.keepOnly(known.ancestors[node]!);
  }
  return so;
}

interface Known {
  shapes: ReadonlyMap<string, NodeShape>;
  ancestors: readonly BitSet[];
}

interface Certainty {
  exits: readonly Exits[];
  /** By node: the results that are sure once it runs, looking forward only. */
  forced: readonly BitSet[];
  /** By node: the results that are sure whenever it runs, some of them perhaps after it began. */
  certain: readonly BitSet[];
  /** By node: those of them that are there when it begins. */
  settled: readonly BitSet[];
}

function inAll([first, ...others]: readonly BitSet[]): BitSet | undefined {
  for (const other of others) first!.keepOnly(other);
  return first;
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
    (port) => port !== ERROR_PORT && port !== UNDO_PORT,
  );
  const failing = by(ERROR_PORT);
  const mayFail = failing.edges.length > 0 && fallback === undefined;
  return { ports: [...ports.map(by), ...(mayFail ? [failing] : [])], sure: !mayFail, gives: true };
}

function forcedResults(graph: FlowGraph, exits: readonly Exits[]): BitSet[] {
  const forced = graph.keys.map(() => new BitSet(graph.keys.length));
  for (const node of graph.order.slice(0, graph.sorted).toReversed()) {
    const always = inAll(exits[node]!.ports.map(({ edges }) => startedBy(graph, forced, edges)));
    if (always) forced[node]!.addAll(always);
    if (exits[node]!.sure) forced[node]!.add(node);
  }
  return forced;
}

function startedBy(graph: FlowGraph, forced: readonly BitSet[], edges: readonly number[]): BitSet {
  const results = new BitSet(graph.keys.length);
  for (const edge of edges) results.addAll(forced[graph.edges[edge]!.to]!);
  return results;
}

/** What is there when a node is entered by this edge and doesn't wait for others. */
function settledBehind(graph: FlowGraph, edge: number, { exits, settled }: Certainty): BitSet {
  const { from, port } = graph.edges[edge]!;
  const results = settled[from]!.copy();
  if (exits[from]!.gives && port !== ERROR_PORT) results.add(from);
  return results;
}

/** What is sure to come when a node is entered by this edge: also the branches that its predecessors start beside it. */
function certainBehind(graph: FlowGraph, edge: number, { exits, forced, certain }: Certainty): BitSet {
  const { from, port } = graph.edges[edge]!;
  const results = certain[from]!.copy();
  if (exits[from]!.gives && port !== ERROR_PORT) results.add(from);
  results.addAll(forced[from]!);
  results.addAll(startedBy(graph, forced, exits[from]!.ports.find((exit) => exit.port === port)?.edges ?? []));
  return results;
}

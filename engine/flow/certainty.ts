import { BitSet } from "./bit-set.ts";
import type { FlowGraph } from "./graph.ts";
import type { NodeShape } from "./node-types.ts";
import { DEFAULT_PORT, ERROR_PORT, UNDO_PORT, type Flow } from "./schema.ts";

/**
 * For each node the set of nodes that are sure to have a result whenever it runs: those on every way to it, and those that such a node
 * starts whichever way it leaves (parallel branches). A step that failed into its error port, and a disabled one, have no result.
 */
export function certainResults(flow: Flow, graph: FlowGraph, known: Known): Pick<Certainty, "certain" | "forced"> {
  const size = graph.keys.length;
  const exits = graph.keys.map((key, node) => exitsOf(flow, graph, { key, node, shapes: known.shapes }));
  const forced = forcedResults(graph, exits);
  const so: Certainty = { exits, forced, certain: BitSet.many(size, size), settled: BitSet.many(size, size) };
  const way = new BitSet(size);
  for (const node of graph.order.slice(0, graph.sorted)) {
    const incoming = graph.incoming[node]!;
    if (incoming.length === 0) continue;
    const first = flow.nodes[graph.keys[node]!]!.join === "any";
    const certain = so.certain[node]!;
    for (const [index, edge] of incoming.entries()) {
      const settled = first || graph.edges[edge]!.port === UNDO_PORT;
      fillWay(way, graph, { edge, settled, so });
      if (index === 0) certain.become(way);
      else certain.keepOnly(way);
    }
    so.settled[node]!.become(certain);
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
  const size = graph.keys.length;
  const forced = BitSet.many(size, size);
  const started = new BitSet(size);
  for (const node of graph.order.slice(0, graph.sorted).toReversed()) {
    const { ports, sure } = exits[node]!;
    for (const [index, { edges }] of ports.entries()) {
      started.clear();
      for (const edge of edges) started.addAll(forced[graph.edges[edge]!.to]!);
      if (index === 0) forced[node]!.become(started);
      else forced[node]!.keepOnly(started);
    }
    if (sure) forced[node]!.add(node);
  }
  return forced;
}

/**
 * What is there when a node is entered by an edge: `settled`, at once; otherwise also what is sure to come, from the branches that its
 * predecessors start beside it.
 */
function fillWay(
  way: BitSet,
  graph: FlowGraph,
  { edge, settled, so }: { edge: number; settled: boolean; so: Certainty },
): void {
  const { from, port } = graph.edges[edge]!;
  const { exits, forced } = so;
  way.become((settled ? so.settled : so.certain)[from]!);
  if (exits[from]!.gives && port !== ERROR_PORT) way.add(from);
  if (settled) return;
  way.addAll(forced[from]!);
  for (const beside of exits[from]!.ports.find((exit) => exit.port === port)?.edges ?? [])
    way.addAll(forced[graph.edges[beside]!.to]!);
}

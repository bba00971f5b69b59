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
  const asksAtOnce =
    graph.edges.some(({ port }) => port === UNDO_PORT) || graph.keys.some((key) => flow.nodes[key]!.join === "any");
  const settled = BitSet.many(asksAtOnce ? size : 0, size);
  const so: Certainty = { exits, forced, certain: BitSet.many(size, size), settled };
  const way = new BitSet(size);
  for (let place = 0; place < graph.sorted; place++) {
    const node = graph.order[place]!;
    const incoming = graph.incoming[node]!;
    if (incoming.length === 0) continue;
    const first = asksAtOnce && flow.nodes[graph.keys[node]!]!.join === "any";
    const certain = so.certain[node]!;
    for (let index = 0; index < incoming.length; index++) {
      const edge = incoming[index]!;
      const atOnce = first || graph.edges[edge]!.port === UNDO_PORT;
      fillWay(index === 0 ? certain : way, graph, { edge, atOnce, so });
      if (index > 0) certain.keepOnly(way);
    }
    if (!asksAtOnce) continue;
    settled[node]!.become(certain);
    settled[node]!.keepOnly(known.ancestors[node]!);
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
  /** By node: those of them that are there when it begins; empty where nothing in the flow asks for that. */
  settled: readonly BitSet[];
}

/** How a node may leave when the run goes on: one list of edges for each port, possibly empty. */
interface Exits {
  ports: { port: string; edges: readonly number[] }[];
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
  const declared = at.shapes.get(at.key)?.ports ?? [];
  // Most steps have one way out and nothing else.
  const only = declared.length === 1 && !disabled ? declared[0]!.id : undefined;
  if (only !== undefined && edges.every((edge) => graph.edges[edge]!.port === only))
    return { ports: [{ port: only, edges }], sure: true, gives: true };
  const by = (port: string) => ({ port, edges: edges.filter((edge) => graph.edges[edge]!.port === port) });
  if (disabled) {
    const passed = declared.some(({ id }) => id === DEFAULT_PORT) ? DEFAULT_PORT : (declared[0]?.id ?? DEFAULT_PORT);
    return { ports: [by(passed)], sure: false, gives: false };
  }
  const ports = declared.map(({ id }) => id);
  for (const edge of edges) {
    const { port } = graph.edges[edge]!;
    if (port !== ERROR_PORT && port !== UNDO_PORT && !ports.includes(port)) ports.push(port);
  }
  const failing = by(ERROR_PORT);
  const mayFail = failing.edges.length > 0 && fallback === undefined;
  return { ports: [...ports.map(by), ...(mayFail ? [failing] : [])], sure: !mayFail, gives: true };
}

function forcedResults(graph: FlowGraph, exits: readonly Exits[]): BitSet[] {
  const size = graph.keys.length;
  const forced = BitSet.many(size, size);
  const started = new BitSet(size);
  for (let place = graph.sorted - 1; place >= 0; place--) {
    const node = graph.order[place]!;
    const { ports, sure } = exits[node]!;
    for (let index = 0; index < ports.length; index++) {
      const target = index === 0 ? forced[node]! : started;
      target.clear();
      for (const edge of ports[index]!.edges) target.addAll(forced[graph.edges[edge]!.to]!);
      if (index > 0) forced[node]!.keepOnly(started);
    }
    if (sure) forced[node]!.add(node);
  }
  return forced;
}

/**
 * What is there when a node is entered by an edge: `atOnce`, or also what is sure to come from the branches that its predecessors start
 * beside it.
 */
function fillWay(
  way: BitSet,
  graph: FlowGraph,
  { edge, atOnce, so }: { edge: number; atOnce: boolean; so: Certainty },
): void {
  const { from, port } = graph.edges[edge]!;
  const { ports, gives } = so.exits[from]!;
  way.become((atOnce ? so.settled : so.certain)[from]!);
  if (gives && port !== ERROR_PORT) way.add(from);
  if (atOnce) return;
  way.addAll(so.forced[from]!);
  // What a single way out starts is among what the step starts in any case.
  if (ports.length === 1) return;
  for (const beside of ports.find((exit) => exit.port === port)?.edges ?? [])
    way.addAll(so.forced[graph.edges[beside]!.to]!);
}

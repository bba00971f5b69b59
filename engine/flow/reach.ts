import { BitSet } from "./bit-set.ts";
import { certainResults } from "./certainty.ts";
import { ancestorSets, isNormal, reachableFrom, type FlowGraph } from "./graph.ts";
import type { NodeShape } from "./node-types.ts";
import type { Flow } from "./schema.ts";

type Shapes = ReadonlyMap<string, NodeShape>;

/** Which part of a flow runs when. Nodes of bodies belong to the part that their own level gives them. */
export interface Parts {
  /** What can begin a run. */
  triggers: readonly number[];
  /** What begins when the run failed. */
  handlers: readonly number[];
  /** Reached as the run goes on: from a trigger, in a body from its first steps. */
  normal: BitSet;
  /** Reached only to undo something. */
  undoing: BitSet;
  /** Reached from the error handler. */
  handling: BitSet;
}

/** Which results a node may refer to, which of them are sure to be there, and the same for the end of a container's round. */
export interface Reach {
  ancestors: readonly BitSet[];
  visible: readonly BitSet[];
  certain: readonly BitSet[];
  /** By container. */
  roundEnds: ReadonlyMap<number, { visible: BitSet; certain: BitSet }>;
  parts: Parts;
}

/** Works out who may refer to whom, from the graph alone. */
export function reachOf(flow: Flow, graph: FlowGraph, shapes: Shapes): Reach {
  const ancestors = ancestorSets(graph);
  const { certain, forced } = certainResults(flow, graph, { shapes, ancestors });
  const parts = partsOf(graph, shapes);
  const visible = visibleSets(graph, ancestors, parts);
  const reach: Reach = { ancestors, visible, certain, roundEnds: new Map(), parts };
  if (parts.handlers.length > 0) showAllToHandlers(graph, shapes, reach);
  for (const node of graph.inner) {
    const parent = graph.parents[node]!;
    visible[node]!.addAll(visible[parent]!);
    certain[node]!.addAll(certain[parent]!);
  }
  return { ...reach, roundEnds: roundEnds(graph, shapes, { ...reach, forced }) };
}

/** The ancestors, as sets of their own for nodes that see more than those. */
function visibleSets(graph: FlowGraph, ancestors: readonly BitSet[], { handlers }: Parts): BitSet[] {
  const visible = ancestors.slice();
  const own = handlers.length > 0 ? graph.keys.map((_, node) => node) : graph.inner;
  const copies = BitSet.many(own.length, graph.keys.length);
  own.forEach((node, index) => {
    copies[index]!.become(ancestors[node]!);
    visible[node] = copies[index]!;
  });
  return visible;
}

export const isEntry = (shape: NodeShape | undefined): boolean => shape?.role === "step" && !shape.hasInput;

function partsOf(graph: FlowGraph, shapes: Shapes): Parts {
  const entries = graph.keys.flatMap((key, node) =>
    graph.parents[node] === -1 && isEntry(shapes.get(key)) ? [node] : [],
  );
  const handlers = entries.filter((node) => shapes.get(graph.keys[node]!)!.handlesFailure);
  const triggers = entries.filter((node) => !handlers.includes(node));
  const first = graph.inner.filter((node) => isFirst(graph, shapes, node));
  const undone = graph.edges.flatMap((edge) => (isNormal(edge) ? [] : [edge.to]));
  return {
    triggers,
    handlers,
    normal: reachableFrom(graph, [...triggers, ...first], isNormal),
    undoing: reachableFrom(graph, undone, isNormal),
    handling: reachableFrom(graph, handlers, isNormal),
  };
}

/** In a body, what nothing leads to begins every round. */
const isFirst = (graph: FlowGraph, shapes: Shapes, node: number): boolean =>
  graph.incoming[node]!.length === 0 && shapes.get(graph.keys[node]!)?.role === "step";

/** By the time the run failed any step may have run: a handler may ask all of them. Sure is only the trigger, where there is one. */
function showAllToHandlers(graph: FlowGraph, shapes: Shapes, { visible, certain, parts }: Reach): void {
  const before = new BitSet(graph.keys.length);
  for (const [node, key] of graph.keys.entries()) {
    const runs = graph.parents[node] === -1 && shapes.get(key)?.role === "step";
    if (runs && !parts.handling.has(node) && !parts.undoing.has(node)) before.add(node);
  }
  const [only, ...others] = parts.triggers;
  for (const [node, parent] of graph.parents.entries()) {
    if (parent !== -1 || !parts.handling.has(node)) continue;
    visible[node]!.addAll(before);
    if (only !== undefined && others.length === 0) certain[node]!.add(only);
  }
}

function roundEnds(
  graph: FlowGraph,
  shapes: Shapes,
  { visible, certain, parts, forced }: Reach & { forced: readonly BitSet[] },
): Reach["roundEnds"] {
  const ends = new Map<number, { visible: BitSet; certain: BitSet }>();
  const containers = graph.keys.flatMap((key, node) => (shapes.get(key)?.body ? [node] : []));
  const sets = BitSet.many(2 * containers.length, graph.keys.length);
  for (const [index, node] of containers.entries()) {
    const end = { visible: sets[2 * index]!, certain: sets[2 * index + 1]! };
    end.visible.become(visible[node]!);
    end.certain.become(certain[node]!);
    ends.set(node, end);
  }
  for (const node of graph.inner) {
    const end = ends.get(graph.parents[node]!);
    if (!end || shapes.get(graph.keys[node]!)?.role !== "step") continue;
    if (parts.normal.has(node) || !parts.undoing.has(node)) end.visible.add(node);
    if (isFirst(graph, shapes, node)) end.certain.addAll(forced[node]!);
  }
  return ends;
}

/** A node as others on a level see it: itself, or the container around it there; undefined where it is further out. */
export function seenFrom(graph: FlowGraph, node: number, level: number): number | undefined {
  let at = node;
  while (graph.parents[at] !== level) {
    at = graph.parents[at]!;
    if (at === -1) return undefined;
  }
  return at;
}

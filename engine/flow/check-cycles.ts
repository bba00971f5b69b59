import type { FlowCommand } from "./commands.ts";
import { findCycles, isNormal, tangledWith, type FlowGraph, type GraphEdge } from "./graph.ts";
import { freeKey } from "./keys.ts";
import type { NodeTypes } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import { DEFAULT_PORT, edgeId, type Edge, type Flow, type FlowNode, type Position } from "./schema.ts";

/** Steps that wait for each other in a circle. The first fix makes a loop of them, where there is a type of node that repeats its body. */
export function checkCycles(flow: Flow, graph: FlowGraph, types: NodeTypes): Problem[] {
  return findCycles(graph).map((cycle) => {
    const edges = cycle.map((edge) => written(graph, graph.edges[edge]!));
    const path = [...edges.map(({ from }) => from), edges.at(-1)!.to].join(" → ");
    const back = edges.at(-1)!;
    const cut: QuickFix = {
      label: "fix.disconnect",
      params: { edge: `${back.from} → ${back.to}` },
      command: { do: "edge.disconnect", edge: back },
    };
    const loop = loopFix(flow, graph, { types, start: graph.edges[cycle[0]!]!.from });
    const fixes = loop ? [loop, cut] : [cut];
    return problem("flow.cycle", "error", { path }, { node: back.from, edge: edgeId(back), fixes });
  });
}

const written = (graph: FlowGraph, { from, port, to }: GraphEdge): Edge => ({
  from: graph.keys[from]!,
  port,
  to: graph.keys[to]!,
});

/** A type of node that runs its body until something holds. */
function loopType(types: NodeTypes): { type: string; config: FlowNode["config"] } | undefined {
  for (const type of types.types()) {
    const initial = types.initial?.(type) ?? {};
    if (!types.shape(type, initial).body?.repeats) continue;
    return { type, config: initial as NonNullable<FlowNode["config"]> };
  }
  return undefined;
}

/** Puts the steps of a circle into a loop: what led into the circle leads to the loop, what led out of it comes from there. */
function loopFix(
  flow: Flow,
  graph: FlowGraph,
  { types, start }: { types: NodeTypes; start: number },
): QuickFix | undefined {
  const loop = loopType(types);
  if (!loop) return undefined;
  const members = new Set(tangledWith(graph, start));
  const edges = graph.edges.filter((edge) => members.has(edge.from) || members.has(edge.to));
  const into = edges.filter(({ from }) => !members.has(from));
  const out = edges.filter((edge) => !members.has(edge.to) && isNormal(edge));
  const key = freeKey(loop.type, flow.nodes);
  const entries = into.length > 0 ? into.map(({ to }) => to) : [start];
  const inside = withoutCircles(
    edges.filter(({ from, to }) => members.has(from) && members.has(to)),
    [...new Set([...entries, ...members])],
  );
  const keys = [...members].map((member) => graph.keys[member]!);
  const at = placeOf(flow, keys);
  const parent = graph.parents[start] === -1 ? undefined : graph.keys[graph.parents[start]!]!;
  const outer = distinct([
    ...into.map((edge) => ({ ...written(graph, edge), to: key })),
    ...out.map((edge) => ({ from: key, port: DEFAULT_PORT, to: graph.keys[edge.to]! })),
  ]);
  const commands: FlowCommand[] = [
    {
      do: "node.add",
      key,
      node: { type: loop.type, ...(loop.config && { config: loop.config }) },
      ...(parent !== undefined && { parent }),
      ...(at && { at }),
    },
    ...edges.map((edge): FlowCommand => ({ do: "edge.disconnect", edge: written(graph, edge) })),
    ...keys.map((member): FlowCommand => ({ do: "node.reparent", key: member, parent: key })),
    ...moved(flow, keys, at),
    ...[...inside.map((edge) => written(graph, edge)), ...outer].map((edge): FlowCommand => ({
      do: "edge.connect",
      edge,
    })),
  ];
  return { label: "fix.make-loop", params: { node: key }, command: { do: "batch", commands } };
}

/** The edges without those that lead back to a step on the way from where the circle is entered. */
function withoutCircles(edges: readonly GraphEdge[], entries: readonly number[]): GraphEdge[] {
  const back = new Set<GraphEdge>();
  const [open, done] = [new Set<number>(), new Set<number>()];
  const visit = (node: number): void => {
    if (done.has(node)) return;
    open.add(node);
    for (const edge of edges) {
      if (edge.from !== node) continue;
      if (open.has(edge.to)) back.add(edge);
      else visit(edge.to);
    }
    open.delete(node);
    done.add(node);
  };
  for (const entry of entries) visit(entry);
  return edges.filter((edge) => !back.has(edge));
}

const distinct = (edges: readonly Edge[]): Edge[] => [...new Map(edges.map((edge) => [edgeId(edge), edge])).values()];

/** The top left corner of some nodes. */
function placeOf(flow: Flow, keys: readonly string[]): Position | undefined {
  const places = keys.flatMap((key) => (Object.hasOwn(flow.layout, key) ? [flow.layout[key]!] : []));
  if (places.length === 0) return undefined;
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}

/** In a body, positions count from its corner. */
function moved(flow: Flow, keys: readonly string[], at: Position | undefined): FlowCommand[] {
  if (!at) return [];
  const positions = keys.flatMap((key): [string, Position][] => {
    const place = Object.hasOwn(flow.layout, key) ? flow.layout[key]! : undefined;
    return place ? [[key, [place[0] - at[0], place[1] - at[1]]]] : [];
  });
  return [{ do: "node.move", positions: Object.fromEntries(positions) }];
}

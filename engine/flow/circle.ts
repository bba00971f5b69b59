import { isNormal, tangledWith, type FlowGraph, type GraphEdge } from "./graph.ts";
import type { NodeShape } from "./node-types.ts";
import { ERROR_PORT } from "./schema.ts";

/** Steps that wait for each other, with the edges at them. */
export interface Circle {
  members: ReadonlySet<number>;
  into: GraphEdge[];
  out: GraphEdge[];
  inside: GraphEdge[];
  /** Those among the members that lead back. */
  back: GraphEdge[];
}

/** More steps than these aren't meant to be one loop. */
const LARGEST = 500;

/** The circle that a step is in; undefined for one of very many steps. */
export function circleAt(graph: FlowGraph, start: number): Circle | undefined {
  const members = new Set(tangledWith(graph, start));
  if (members.size > LARGEST) return undefined;
  const into = graph.edges.filter(({ from, to }) => !members.has(from) && members.has(to));
  const out = graph.edges.filter(({ from, to }) => members.has(from) && !members.has(to));
  const among = graph.edges.filter(({ from, to }) => members.has(from) && members.has(to));
  const entries = into.length > 0 ? into.map(({ to }) => to) : [start];
  const back = backEdges(among, [...new Set([...entries, ...members])]);
  return { members, into, out, inside: among.filter((edge) => !back.has(edge)), back: [...back] };
}

/** The edges that lead back to a step on the way from where the circle is entered. */
function backEdges(edges: readonly GraphEdge[], entries: readonly number[]): Set<GraphEdge> {
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
  return back;
}

/** Whether the ways part where a circle is left, so that it matters how. What undoes a step stays with the step and counts as such. */
export function waysPart(graph: FlowGraph, { out }: Circle, shapes: ReadonlyMap<string, NodeShape>): boolean {
  if (out.some((edge) => !isNormal(edge))) return true;
  const exits = new Map<string, string[]>();
  for (const { from, port, to } of out) {
    const key = graph.keys[from]!;
    if (port === ERROR_PORT || (shapes.get(key)?.ports.length ?? 0) < 2) continue;
    const exit = `${key}.${port}`;
    exits.set(exit, [...(exits.get(exit) ?? []), graph.keys[to]!]);
  }
  return new Set([...exits.values()].map((targets) => targets.toSorted().join(" "))).size > 1;
}

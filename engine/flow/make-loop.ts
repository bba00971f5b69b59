import { applyCommand } from "./apply.ts";
import type { FlowCommand } from "./commands.ts";
import { buildGraph, isNormal, tangledWith, type FlowGraph, type GraphEdge } from "./graph.ts";
import { freeKey } from "./keys.ts";
import { LoopReferences } from "./loop-references.ts";
import { placeLoop } from "./loop-place.ts";
import type { NodeShape, NodeTypes, Repetition } from "./node-types.ts";
import type { QuickFix } from "./problem.ts";
import { reachOf } from "./reach.ts";
import { DEFAULT_PORT, edgeId, ERROR_PORT, type Edge, type Flow, type FlowNode } from "./schema.ts";

interface Known {
  types: NodeTypes;
  shapes: ReadonlyMap<string, NodeShape>;
}

/**
 * Puts the steps of a circle into a loop: what led into the circle leads to the loop, what led out of it comes from there, and what was
 * read over the edges that closed the circle is handed on as the loop's state. Nothing where there is no type of node that repeats its
 * body, or where the way that goes on behind the loop would depend on how the circle was left.
 */
export function loopFix(flow: Flow, graph: FlowGraph, known: Known & { start: number }): QuickFix | undefined {
  const { types, shapes, start } = known;
  const loop = loopType(types);
  const circle = circleAt(graph, start);
  if (!loop || parts(graph, circle, shapes)) return undefined;
  const key = freeKey(loop.type, flow.nodes);
  const { count, until, state, next } = loop.repeats;
  const { [count]: _, ...config } = loop.config;
  const node: FlowNode = { type: loop.type, config };
  const structure = restructured(flow, graph, { circle, key, node });
  const made = madeWith(flow, structure, {
    types,
    shapes: new Map([...shapes, [key, types.shape(loop.type, config)]]),
  });
  const members = [...circle.members].map((member) => graph.keys[member]!);
  const found = new LoopReferences({ ...made, types, loop: key, members: new Set(members), state });
  const rewritten = found.rewrite();
  const condition = conditionFor(
    circle.back.map((edge) => written(graph, edge)),
    shapes,
    (step) => found.isSure(step),
  );
  const kept = members.filter((member) => found.kept.has(member));
  const set = (name: string, value: NonNullable<FlowNode["config"]>[string]): FlowCommand => {
    return { do: "node.configure", key, path: ["config", name], value };
  };
  const commands: FlowCommand[] = [
    ...structure,
    ...rewritten,
    ...(condition === undefined ? [] : [set(until, condition)]),
    ...(kept.length === 0
      ? []
      : [
          set(state, Object.fromEntries(kept.map((member) => [member, null]))),
          set(next, Object.fromEntries(kept.map((member) => [member, `{{ ${found.handedOn(member)} }}`]))),
        ]),
  ];
  return { label: "fix.make-loop", params: { node: key }, command: { do: "batch", commands } };
}

interface LoopType {
  type: string;
  config: NonNullable<FlowNode["config"]>;
  repeats: Repetition;
}

/** A type of node that runs its body until something holds. */
function loopType(types: NodeTypes): LoopType | undefined {
  for (const type of types.types()) {
    const initial = types.initial?.(type) ?? {};
    const repeats = types.shape(type, initial).body?.repeats;
    if (repeats) return { type, config: initial as LoopType["config"], repeats };
  }
  return undefined;
}

interface Circle {
  start: number;
  members: ReadonlySet<number>;
  into: GraphEdge[];
  out: GraphEdge[];
  inside: GraphEdge[];
  /** Those among the members that lead back. */
  back: GraphEdge[];
}

function circleAt(graph: FlowGraph, start: number): Circle {
  const members = new Set(tangledWith(graph, start));
  const into = graph.edges.filter(({ from, to }) => !members.has(from) && members.has(to));
  const out = graph.edges.filter(({ from, to }) => members.has(from) && !members.has(to));
  const among = graph.edges.filter(({ from, to }) => members.has(from) && members.has(to));
  const entries = into.length > 0 ? into.map(({ to }) => to) : [start];
  const back = backEdges(among, [...new Set([...entries, ...members])]);
  return { start, members, into, out, inside: among.filter((edge) => !back.has(edge)), back: [...back] };
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

/** Whether the ways part where the circle is left: behind a loop all of them would be taken. What undoes a step stays with the step. */
function parts(graph: FlowGraph, { out }: Circle, shapes: Known["shapes"]): boolean {
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

const written = (graph: FlowGraph, { from, port, to }: GraphEdge): Edge => ({
  from: graph.keys[from]!,
  port,
  to: graph.keys[to]!,
});

function restructured(
  flow: Flow,
  graph: FlowGraph,
  { circle, key, node }: { circle: Circle; key: string; node: FlowNode },
): FlowCommand[] {
  const { start, members, into, out, inside, back } = circle;
  const keys = [...members].map((member) => graph.keys[member]!);
  const parent = graph.parents[start] === -1 ? undefined : graph.keys[graph.parents[start]!]!;
  const place = placeLoop(flow, keys, parent);
  const outer = distinct([
    ...into.map((edge) => ({ ...written(graph, edge), to: key })),
    ...out.map((edge) => {
      return { from: key, port: edge.port === ERROR_PORT ? ERROR_PORT : DEFAULT_PORT, to: graph.keys[edge.to]! };
    }),
  ]);
  return [
    { do: "node.add", key, node, ...(parent !== undefined && { parent }), ...(place && { at: place.at }) },
    ...[...into, ...out, ...inside, ...back].map((edge): FlowCommand => {
      return { do: "edge.disconnect", edge: written(graph, edge) };
    }),
    ...keys.map((member): FlowCommand => ({ do: "node.reparent", key: member, parent: key })),
    ...(place ? [{ do: "node.move" as const, positions: place.inside }] : []),
    ...[...inside.map((edge) => written(graph, edge)), ...outer].map((edge): FlowCommand => {
      return { do: "edge.connect", edge };
    }),
  ];
}

const distinct = (edges: readonly Edge[]): Edge[] => [...new Map(edges.map((edge) => [edgeId(edge), edge])).values()];

function madeWith(flow: Flow, commands: FlowCommand[], { types, shapes }: Known) {
  const made = applyCommand(flow, { do: "batch", commands }, types).flow;
  const graph = buildGraph(made, shapes);
  return { flow: made, graph, shapes, reach: reachOf(made, graph, shapes) };
}

/** What holds once no edge leads back; undefined where a step's output doesn't tell by which way it was left. */
function conditionFor(
  back: readonly Edge[],
  shapes: Known["shapes"],
  isSure: (step: string) => boolean,
): string | undefined {
  const conditions = back.map(({ from, port }) => {
    const { properties } = shapes.get(from)!.output;
    const field = Object.keys(properties ?? {}).find((name) => properties![name]!.enum?.includes(port));
    if (field === undefined) return undefined;
    const value = `${from}.${field}`;
    return `${isSure(from) ? value : `default(${value}, "")`} != ${JSON.stringify(port)}`;
  });
  return conditions.includes(undefined) ? undefined : conditions.join(" && ");
}

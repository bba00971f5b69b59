import { circleAt, waysPart, type Circle } from "./circle.ts";
import type { FlowCommand } from "./commands.ts";
import { buildGraph, type FlowGraph, type GraphEdge } from "./graph.ts";
import { freeKey } from "./keys.ts";
import { placeLoop } from "./loop-place.ts";
import { LoopReferences } from "./loop-references.ts";
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
  const type = loopType(types);
  const circle = circleAt(graph, start);
  if (!type || !circle || waysPart(graph, circle, shapes)) return undefined;
  const { until, state, next } = type.repeats;
  const loop = newLoop(flow, graph, { circle, type });
  const { key, members } = loop;
  const references = new LoopReferences({
    ...madeWith(flow, loop, new Map([...shapes, [key, types.shape(loop.node.type, loop.node.config!)]])),
    types,
    loop: key,
    members: new Set(members),
    state,
  });
  const commands = [...restructured(flow, loop), ...references.rewrite()];
  const set = (name: string, value: NonNullable<FlowNode["config"]>[string]): void => {
    commands.push({ do: "node.configure", key, path: ["config", name], value });
  };
  const back = circle.back.map((edge) => written(graph, edge));
  const condition = conditionFor(back, shapes, (step) => references.isSure(step));
  if (condition !== undefined) set(until, condition);
  const kept = members.filter((member) => references.kept.has(member));
  if (kept.length > 0) {
    set(state, Object.fromEntries(kept.map((member) => [member, null])));
    set(next, Object.fromEntries(kept.map((member) => [member, `{{ ${references.handedOn(member)} }}`])));
  }
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

/** A loop that is to be, and how edges change for it. */
interface NewLoop {
  key: string;
  node: FlowNode;
  members: readonly string[];
  parent: string | undefined;
  gone: readonly Edge[];
  come: readonly Edge[];
}

const written = (graph: FlowGraph, { from, port, to }: GraphEdge): Edge => ({
  from: graph.keys[from]!,
  port,
  to: graph.keys[to]!,
});

/** A loop without a number of rounds: how the circle is left says when it ends. */
function newLoop(flow: Flow, graph: FlowGraph, { circle, type }: { circle: Circle; type: LoopType }): NewLoop {
  const { members, into, out, inside, back } = circle;
  const { [type.repeats.count]: _, ...config } = type.config;
  const key = freeKey(type.type, flow.nodes);
  const [first] = members;
  const parent = graph.parents[first!]!;
  const portOf = ({ port }: GraphEdge): string => (port === ERROR_PORT ? ERROR_PORT : DEFAULT_PORT);
  return {
    key,
    node: { type: type.type, config },
    members: [...members].map((member) => graph.keys[member]!),
    parent: parent === -1 ? undefined : graph.keys[parent]!,
    gone: [...into, ...out, ...inside, ...back].map((edge) => written(graph, edge)),
    come: distinct([
      ...inside.map((edge) => written(graph, edge)),
      ...into.map((edge) => ({ ...written(graph, edge), to: key })),
      ...out.map((edge) => ({ from: key, port: portOf(edge), to: graph.keys[edge.to]! })),
    ]),
  };
}

const distinct = (edges: readonly Edge[]): Edge[] => [...new Map(edges.map((edge) => [edgeId(edge), edge])).values()];

function restructured(flow: Flow, { key, node, members, parent, gone, come }: NewLoop): FlowCommand[] {
  const place = placeLoop(flow, members, parent);
  return [
    { do: "node.add", key, node, ...(parent !== undefined && { parent }), ...(place && { at: place.at }) },
    ...gone.map((edge): FlowCommand => ({ do: "edge.disconnect", edge })),
    ...members.map((member): FlowCommand => ({ do: "node.reparent", key: member, parent: key })),
    ...(place ? [{ do: "node.move" as const, positions: place.inside }] : []),
    ...come.map((edge): FlowCommand => ({ do: "edge.connect", edge })),
  ];
}

/** The flow with the loop in it, as far as references are concerned. Applying the commands would take long for a large circle. */
function madeWith(flow: Flow, loop: NewLoop, shapes: Known["shapes"]) {
  const { key, node, members, parent, come } = loop;
  const gone = new Set(loop.gone.map(edgeId));
  const made: Flow = {
    ...flow,
    nodes: { ...flow.nodes, [key]: node },
    parents: {
      ...flow.parents,
      ...Object.fromEntries(members.map((member) => [member, key])),
      ...(parent !== undefined && { [key]: parent }),
    },
    edges: [...flow.edges.filter((edge) => !gone.has(edgeId(edge))), ...come],
  };
  const graph = buildGraph(made, shapes);
  return { flow: made, graph, shapes, reach: reachOf(made, graph, shapes) };
}

/**
 * What holds once no edge leads back: a step's output tells by which way it was left, or the step that leads back wasn't run. Undefined
 * where neither can be told.
 */
function conditionFor(
  back: readonly Edge[],
  shapes: Known["shapes"],
  isSure: (step: string) => boolean,
): string | undefined {
  const conditions = back.map(({ from, port }) => {
    const { ports, output } = shapes.get(from)!;
    const { properties, required } = output;
    // A step without a choice leads back whenever it is run.
    if (ports.length === 1 && ports[0]!.id === port)
      return !isSure(from) && required?.[0] !== undefined ? `!has(${from}.${required[0]})` : undefined;
    const field = Object.keys(properties ?? {}).find((name) => properties![name]!.enum?.includes(port));
    if (field === undefined) return undefined;
    const value = `${from}.${field}`;
    return `${isSure(from) ? value : `default(${value}, "")`} != ${JSON.stringify(port)}`;
  });
  return conditions.includes(undefined) ? undefined : conditions.join(" && ");
}

import { checkCycles } from "./check-cycles.ts";
import { isNormal, reachableFrom, type FlowGraph } from "./graph.ts";
import { freeKey } from "./keys.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import { edgeText } from "./edge-text.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import { isEntry, type Parts } from "./reach.ts";
import { edgeId, type Edge, type Flow } from "./schema.ts";

type Shapes = ReadonlyMap<string, NodeShape>;

interface Known {
  shapes: Shapes;
  types: NodeTypes;
  parts: Parts;
}

/** What is wrong with the flow as a whole, whatever its steps say: circles, how it begins, steps that nothing leads to, resources that nothing uses. */
export function checkGraph(flow: Flow, graph: FlowGraph, known: Known): Problem[] {
  const { shapes, parts } = known;
  return [
    ...checkCycles(flow, graph, known),
    ...startProblems(flow, graph, known),
    ...handlerProblems(graph, parts),
    ...sharedSteps(graph, parts),
    ...(parts.triggers.length > 0 ? unreachable(graph, parts, shapes) : []),
    ...bodyProblems(flow, known),
    ...unusedResources(flow, shapes),
    ...emptySlots(flow, shapes),
  ];
}

const removeNode = (node: string): QuickFix => ({
  label: "fix.remove-node",
  params: { node },
  command: { do: "node.remove", key: node },
});

function startProblems(flow: Flow, graph: FlowGraph, { shapes, types, parts }: Known): Problem[] {
  if (parts.triggers.length === 0) return [noStart(flow, types)];
  const byHand = parts.triggers
    .map((node) => graph.keys[node]!)
    .filter((key) => (shapes.get(key)!.trigger ?? "manual") === "manual");
  const [, ...others] = byHand;
  return others.map((node) =>
    problem("flow.several-starts", "error", { nodes: byHand.join(", ") }, { node, fixes: [removeNode(node)] }),
  );
}

function noStart(flow: Flow, types: NodeTypes): Problem {
  const shapes = types.types().map((type) => ({ type, shape: types.shape(type, types.initial?.(type) ?? {}) }));
  const starts = shapes.filter(({ shape }) => isEntry(shape) && !shape.handlesFailure);
  const best = starts.find(({ shape }) => (shape.trigger ?? "manual") === "manual") ?? starts[0];
  if (!best) return problem("flow.no-start", "error", {});
  const key = freeKey(best.type, flow.nodes);
  const config = types.initial?.(best.type);
  const node = { type: best.type, config: (typeof config === "object" && config !== null ? config : {}) as object };
  const command = { do: "node.add", key, node, at: [0, 0], index: 0 } as QuickFix["command"];
  return problem("flow.no-start", "error", {}, { fixes: [{ label: "fix.add-start", params: {}, command }] });
}

function handlerProblems(graph: FlowGraph, { handlers }: Parts): Problem[] {
  const keys = handlers.map((node) => graph.keys[node]!);
  return keys
    .slice(1)
    .map((node) =>
      problem("flow.several-handlers", "error", { nodes: keys.join(", ") }, { node, fixes: [removeNode(node)] }),
    );
}

/** What undoes a step, or handles an error, runs apart from the rest: no way may lead from one into the other. */
function sharedSteps(graph: FlowGraph, { normal, undoing, handling }: Parts): Problem[] {
  return graph.edges.flatMap((edge) => {
    if (!normal.has(edge.to) || !(undoing.has(edge.to) || handling.has(edge.to))) return [];
    if (isNormal(edge) && normal.has(edge.from)) return [];
    const written: Edge = { from: graph.keys[edge.from]!, port: edge.port, to: graph.keys[edge.to]! };
    const fixes: QuickFix[] = [
      { label: "fix.remove-edge", params: {}, command: { do: "edge.disconnect", edge: written } },
    ];
    const code = handling.has(edge.from) ? "flow.handler-shared" : "flow.undo-shared";
    const params = { edge: edgeText(written), node: written.to };
    return [problem(code, "error", params, { node: written.to, edge: edgeId(written), fixes })];
  });
}

function unreachable(graph: FlowGraph, { triggers, handlers }: Parts, shapes: Shapes): Problem[] {
  const reached = reachableFrom(graph, [...triggers, ...handlers]);
  return graph.keys.flatMap((key, index) => {
    const inBody = graph.parents[index] !== -1;
    if (inBody || reached.has(index) || shapes.get(key)?.role !== "step") return [];
    return [problem("flow.unreachable", "warning", { node: key }, { node: key })];
  });
}

const NOTHING: Problem[] = [];

/** Bodies of steps that can't have one, containers with nothing in them, and what begins a run but stands in a body. */
function bodyProblems(flow: Flow, { shapes, types }: Known): Problem[] {
  const filled = new Set(Object.values(flow.parents));
  const moveOut = (node: string): QuickFix => ({
    label: "fix.move-out",
    params: { node },
    command: { do: "node.reparent", key: node, parent: null },
  });
  return Object.keys(flow.nodes).flatMap((key) => {
    const shape = shapes.get(key)!;
    const container = Object.hasOwn(flow.parents, key) ? flow.parents[key] : undefined;
    if (container === undefined && !shape.body) return NOTHING;
    const found: Problem[] = [];
    if (container !== undefined && isEntry(shape))
      found.push(problem("flow.start-inside", "error", { node: key, container }, { node: key, fixes: [moveOut(key)] }));
    const holder = container === undefined ? undefined : shapes.get(container);
    if (holder && !holder.body && types.has(flow.nodes[container!]!.type))
      found.push(
        problem(
          "flow.not-a-container",
          "error",
          { node: key, container: container! },
          { node: key, fixes: [moveOut(key)] },
        ),
      );
    if (shape.body && !filled.has(key)) found.push(problem("flow.empty-body", "warning", { node: key }, { node: key }));
    return found;
  });
}

function unusedResources(flow: Flow, shapes: Shapes): Problem[] {
  const bound = new Set(flow.bindings.map((binding) => binding.from));
  return Object.keys(flow.nodes).flatMap((key) =>
    shapes.get(key)?.role === "resource" && !bound.has(key)
      ? [problem("flow.unbound", "warning", { node: key }, { node: key })]
      : NOTHING,
  );
}

function emptySlots(flow: Flow, shapes: Shapes): Problem[] {
  const filled = new Set(flow.bindings.map((binding) => `${binding.to}.${binding.slot}`));
  return Object.keys(flow.nodes).flatMap((key) => {
    const { slots } = shapes.get(key)!;
    if (!slots.some(({ required }) => required)) return NOTHING;
    const empty = slots.filter(({ slot, required }) => required && !filled.has(`${key}.${slot}`));
    return empty.map(({ slot }) => problem("flow.slot-empty", "error", { node: key, slot }, { node: key }));
  });
}

function removePosition(key: string): QuickFix {
  return { label: "fix.remove-position", params: {}, command: { do: "node.move", positions: { [key]: null } } };
}

/** Positions of nodes that there aren't. */
export function checkLayout(flow: Flow): Problem[] {
  return Object.keys(flow.layout).flatMap((key) =>
    Object.hasOwn(flow.nodes, key)
      ? []
      : [problem("flow.dangling-layout", "warning", { node: key }, { fixes: [removePosition(key)] })],
  );
}

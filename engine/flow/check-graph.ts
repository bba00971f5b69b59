import { findCycles, reachableFrom, type FlowGraph } from "./graph.ts";
import { freeKey } from "./keys.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import { edgeId, type Flow } from "./schema.ts";

type Shapes = ReadonlyMap<string, NodeShape>;

/** What is wrong with the flow as a whole: circles, no start or several, steps that nothing leads to, resources that nothing uses. */
export function checkGraph(flow: Flow, graph: FlowGraph, at: { shapes: Shapes; types: NodeTypes }): Problem[] {
  const starts = graph.keys.filter((key) => isStart(at.shapes.get(key)));
  return [
    ...cycleProblems(graph),
    ...startProblems(flow, starts, at.types),
    ...(starts.length > 0 ? unreachable(graph, starts, at.shapes) : []),
    ...unusedResources(flow, at.shapes),
    ...emptySlots(flow, at.shapes),
    ...strayPositions(flow),
  ];
}

export const isStart = (shape: NodeShape | undefined): boolean => shape?.role === "step" && !shape.hasInput;

function cycleProblems(graph: FlowGraph): Problem[] {
  return findCycles(graph).map((cycle) => {
    const name = (index: number): string => graph.keys[index]!;
    const edges = cycle.map((edge) => graph.edges[edge]!);
    const path = [...edges.map((edge) => name(edge.from)), name(edges.at(-1)!.to)].join(" → ");
    const last = edges.at(-1)!;
    const back = { from: name(last.from), port: last.port, to: name(last.to) };
    const fix = {
      label: "fix.disconnect",
      params: { edge: `${back.from} → ${back.to}` },
      command: { do: "edge.disconnect", edge: back },
    } as const;
    return problem("flow.cycle", "error", { path }, { node: back.from, edge: edgeId(back), fixes: [fix] });
  });
}

function startProblems(flow: Flow, starts: readonly string[], types: NodeTypes): Problem[] {
  if (starts.length === 1) return [];
  if (starts.length > 1) {
    const [, ...others] = starts;
    return others.map((node) =>
      problem(
        "flow.several-starts",
        "error",
        { nodes: starts.join(", ") },
        {
          node,
          fixes: [{ label: "fix.remove-node", params: { node }, command: { do: "node.remove", key: node } }],
        },
      ),
    );
  }
  const type = types.types().find((name) => isStart(types.shape(name, {})));
  if (type === undefined) return [problem("flow.no-start", "error", {})];
  const key = freeKey(type, flow.nodes);
  const command = { do: "node.add", key, node: { type, config: {} }, at: [0, 0], index: 0 } as const;
  return [
    problem(
      "flow.no-start",
      "error",
      {},
      { fixes: [{ label: "fix.add-start", params: {}, command: { ...command, at: [0, 0] } }] },
    ),
  ];
}

function unreachable(graph: FlowGraph, starts: readonly string[], shapes: Shapes): Problem[] {
  const reached = reachableFrom(
    graph,
    starts.map((key) => graph.indexOf.get(key)!),
  );
  return graph.keys.flatMap((key, index) => {
    if (reached.has(index) || shapes.get(key)?.role !== "step") return [];
    return [problem("flow.unreachable", "warning", { node: key }, { node: key })];
  });
}

function unusedResources(flow: Flow, shapes: Shapes): Problem[] {
  const bound = new Set(flow.bindings.map((binding) => binding.from));
  return Object.keys(flow.nodes).flatMap((key) =>
    shapes.get(key)?.role === "resource" && !bound.has(key)
      ? [problem("flow.unbound", "warning", { node: key }, { node: key })]
      : [],
  );
}

function emptySlots(flow: Flow, shapes: Shapes): Problem[] {
  const filled = new Set(flow.bindings.map((binding) => `${binding.to}.${binding.slot}`));
  return Object.keys(flow.nodes).flatMap((key) =>
    (shapes.get(key)?.slots ?? []).flatMap(({ slot, required }) =>
      required && !filled.has(`${key}.${slot}`)
        ? [problem("flow.slot-empty", "error", { node: key, slot }, { node: key })]
        : [],
    ),
  );
}

function removePosition(key: string): QuickFix {
  return { label: "fix.remove-position", params: {}, command: { do: "node.move", positions: { [key]: null } } };
}

function strayPositions(flow: Flow): Problem[] {
  return Object.keys(flow.layout).flatMap((key) =>
    Object.hasOwn(flow.nodes, key)
      ? []
      : [problem("flow.dangling-layout", "warning", { node: key }, { fixes: [removePosition(key)] })],
  );
}

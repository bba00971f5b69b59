import type { FlowAnalysis, NodeAnalysis } from "./analysis.ts";
import { certainResults } from "./certainty.ts";
import { checkGraph, isStart } from "./check-graph.ts";
import { checkNode } from "./check-node.ts";
import { checkReferences, type ReferenceWorld } from "./check-references.ts";
import { checkBindings, checkEdges } from "./check-wires.ts";
import { ancestorSets, buildGraph, nearestAncestors } from "./graph.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import { placeProblems } from "./place-problems.ts";
import type { FlowSource } from "./read.ts";
import { DEFAULT_PORT, type FlowNode } from "./schema.ts";

/** How many ancestors a node's `scope` lists: a picker needs the near ones; references may still name any. */
const SCOPE_LIMIT = 100;

/**
 * Everything that the studio and the planner ask about a flow, in one pure pass: what each node looks like and may refer to, what it
 * does refer to, and every problem. With the source's text, problems have line and column.
 */
export function analyzeFlow(
  source: Pick<FlowSource, "flow" | "problems"> & Partial<FlowSource>,
  types: NodeTypes,
): FlowAnalysis {
  const { flow } = source;
  const shapes = new Map(Object.entries(flow.nodes).map(([key, node]) => [key, shapeOf(node, types)]));
  const graph = buildGraph(flow, shapes);
  const ancestors = ancestorSets(graph);
  const world: ReferenceWorld = {
    flow,
    graph,
    shapes,
    types,
    ancestors,
    certain: certainResults(flow, graph, { shapes, ancestors }),
  };
  const problems = [
    ...Object.entries(flow.nodes).flatMap(([key, node]) => checkNode(key, node, types)),
    ...checkEdges(flow, shapes),
    ...checkBindings(flow, shapes),
    ...checkGraph(flow, graph, { shapes, types }),
  ];
  const nodes: Record<string, NodeAnalysis> = {};
  for (const [index, key] of graph.keys.entries()) {
    const checked = checkReferences(world, key);
    problems.push(...checked.problems);
    nodes[key] = { ...shapes.get(key)!, locals: {}, scope: scopeOf(world, index), uses: checked.uses };
  }
  const start = graph.keys.find((key) => isStart(shapes.get(key)));
  return {
    problems: isBroken(source)
      ? [...source.problems]
      : [...source.problems, ...placeProblems(problems, { document: undefined, ...source })],
    nodes,
    input: start === undefined ? { type: "object", properties: {} } : shapes.get(start)!.output,
    output: {},
    triggers: [],
  };
}

/** Behind a syntax error half of the flow is missing: what follows from that isn't worth telling. */
const isBroken = (source: Partial<FlowSource>): boolean => (source.document?.problems.length ?? 0) > 0;

function scopeOf(world: ReferenceWorld, index: number): string[] {
  return nearestAncestors(world.graph, index, SCOPE_LIMIT);
}

const unknownShape: NodeShape = {
  role: "step",
  hasInput: true,
  ports: [{ id: DEFAULT_PORT }],
  slots: [],
  output: {},
  summary: { en: "This kind of step is not known here", zh: "未知的步骤类型" },
};

/** An unknown type still shows as a step with one way in and one way out. */
function shapeOf(node: FlowNode, types: NodeTypes): NodeShape {
  return types.has(node.type) ? types.shape(node.type, node.config ?? {}) : unknownShape;
}

import { findCycles, type FlowGraph } from "./graph.ts";
import { loopFix } from "./make-loop.ts";
import type { NodeShape, NodeTypes } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import { edgeId, type Edge, type Flow } from "./schema.ts";

interface Known {
  types: NodeTypes;
  shapes: ReadonlyMap<string, NodeShape>;
}

/** Steps that wait for each other in a circle. The first fix makes a loop of them, where that can be done. */
export function checkCycles(flow: Flow, graph: FlowGraph, known: Known): Problem[] {
  return findCycles(graph).map((cycle) => {
    const edges = cycle.map((index): Edge => {
      const { from, port, to } = graph.edges[index]!;
      return { from: graph.keys[from]!, port, to: graph.keys[to]! };
    });
    const path = [...edges.map(({ from }) => from), edges.at(-1)!.to].join(" → ");
    const back = edges.at(-1)!;
    const cut: QuickFix = {
      label: "fix.disconnect",
      params: { edge: `${back.from} → ${back.to}` },
      command: { do: "edge.disconnect", edge: back },
    };
    const loop = loopFix(flow, graph, { ...known, start: graph.edges[cycle[0]!]!.from });
    const fixes = loop ? [loop, cut] : [cut];
    return problem("flow.cycle", "error", { path }, { node: back.from, edge: edgeId(back), fixes });
  });
}

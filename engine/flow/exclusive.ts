import type { FlowGraph } from "./graph.ts";
import { isNormal } from "./graph.ts";
import type { Parts } from "./reach.ts";

/** What must have been chosen when a node runs: by the node that chose, the port that it left by. */
type Choices = ReadonlyMap<number, string>;

/** Stands for the choice among several triggers. */
const BEGINNING = -1;

/** Tells of two nodes of a flow whether they may run in the same run. A step leaves by one port, and a run begins with one trigger. */
export function exclusiveNodes(graph: FlowGraph, parts: Parts): (a: number, b: number) => boolean {
  const choices = graph.keys.map((): Choices => new Map());
  for (const trigger of parts.triggers) choices[trigger] = new Map([[BEGINNING, graph.keys[trigger]!]]);
  const choosing = graph.outgoing.map(
    (edges) =>
      new Set(
        edges
          .map((edge) => graph.edges[edge]!)
          .filter(isNormal)
          .map(({ port }) => port),
      ).size > 1,
  );
  for (const node of graph.order.slice(0, graph.sorted)) {
    const ways = graph.incoming[node]!.map((at): Choices => {
      const { from, port } = graph.edges[at]!;
      return choosing[from] ? new Map([...choices[from]!, [from, port]]) : choices[from]!;
    });
    if (ways.length > 0) choices[node] = common(ways);
  }
  for (const node of graph.inner) choices[node] = new Map([...choices[graph.parents[node]!]!, ...choices[node]!]);
  return (a, b) => [...choices[a]!].some(([chooser, port]) => (choices[b]!.get(chooser) ?? port) !== port);
}

function common([first, ...others]: readonly Choices[]): Choices {
  if (others.length === 0) return first!;
  return new Map([...first!].filter(([chooser, port]) => others.every((way) => way.get(chooser) === port)));
}

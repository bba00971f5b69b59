import type { FlowGraph } from "./graph.ts";

/** How many ancestors a node's `scope` lists: a picker needs the near ones; references may still name any. */
const LIMIT = 100;
/** With more changes than this it is quicker to begin anew. */
const FEW = 16;

/** The steps that nodes may refer to, nearest first: on their own levels, and with those of the levels around. */
export interface KnownScopes {
  graph: FlowGraph;
  own: readonly string[][];
  whole: readonly string[][];
}

/** Lists for each node the steps that it may refer to. What stays as it was is the same list as before. */
export function scopesOf(graph: FlowGraph, before: KnownScopes | undefined): KnownScopes {
  if (before?.graph === graph) return before;
  const own = ownScopes(graph, before);
  const whole = own.slice();
  for (const node of graph.inner) {
    const parent = graph.parents[node]!;
    const outer = whole[parent]!;
    const stays =
      before?.graph.parents[node] === parent && before.own[node] === own[node] && before.whole[parent] === outer;
    whole[node] = stays ? before.whole[node]! : own[node]!.concat(outer).slice(0, LIMIT);
  }
  return { graph, own, whole };
}

function ownScopes(graph: FlowGraph, before: KnownScopes | undefined): string[][] {
  const seen = new Int32Array(graph.keys.length).fill(-1);
  const changed = before && changedNodes(graph, before.graph);
  if (!changed) return graph.keys.map((_, node) => breadthFirst(graph, node, seen));
  return graph.keys.map((key, node) => {
    const known = before.own[node]!;
    // A list is unlike before only if other steps lead now to the node itself or to one that it lists.
    const stays = !changed.some((other) => other === key || known.includes(other));
    return stays ? known : breadthFirst(graph, node, seen);
  });
}

/** The nodes that other steps lead to than before; undefined where nearly everything is new. */
function changedNodes(graph: FlowGraph, old: FlowGraph): string[] | undefined {
  if (old.keys.length !== graph.keys.length || old.keys.some((key, node) => key !== graph.keys[node])) return undefined;
  const changed = graph.keys.filter((_, node) => !isSameWays(graph, old, node));
  return changed.length > FEW ? undefined : changed;
}

function isSameWays(graph: FlowGraph, old: FlowGraph, node: number): boolean {
  const now = graph.incoming[node]!;
  const before = old.incoming[node]!;
  return (
    now.length === before.length && now.every((edge, at) => graph.edges[edge]!.from === old.edges[before[at]!]!.from)
  );
}

/** The nearest ancestors on a node's level, breadth by breadth. */
function breadthFirst(graph: FlowGraph, node: number, seen: Int32Array): string[] {
  const found: number[] = [node];
  seen[node] = node;
  for (let at = 0; at < found.length && found.length <= LIMIT; at++) {
    for (const edge of graph.incoming[found[at]!]!) {
      const { from } = graph.edges[edge]!;
      if (seen[from] === node) continue;
      seen[from] = node;
      found.push(from);
    }
  }
  return found.slice(1, LIMIT + 1).map((index) => graph.keys[index]!);
}

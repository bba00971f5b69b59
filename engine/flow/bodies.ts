import type { Binding, Edge, Flow } from "./schema.ts";

/** What one level of a flow holds: the flow itself, or the body of a container. */
export interface Level {
  /** in the order of the document */
  nodes: string[];
  edges: Edge[];
  bindings: Binding[];
}

/** The container that a node is in; undefined for one of the flow itself. */
export function parentOf(flow: Pick<Flow, "nodes" | "parents">, key: string): string | undefined {
  const parent = Object.hasOwn(flow.parents, key) ? flow.parents[key] : undefined;
  return parent !== undefined && Object.hasOwn(flow.nodes, parent) ? parent : undefined;
}

/** The level that a wire is written at. An edge that crosses a border stands with its beginning, a binding with what it is bound to. */
export function homeOf(flow: Flow, wire: Edge | Binding): string | undefined {
  const ends = "slot" in wire ? [wire.to, wire.from] : [wire.from, wire.to];
  const known = ends.find((end) => Object.hasOwn(flow.nodes, end));
  return known === undefined ? undefined : parentOf(flow, known);
}

/** A flow taken apart by levels; `undefined` is the flow itself. Levels without anything in them aren't listed. */
export function levelsOf(flow: Flow): ReadonlyMap<string | undefined, Level> {
  const levels = new Map<string | undefined, Level>([[undefined, emptyLevel()]]);
  const level = (parent: string | undefined): Level => {
    let found = levels.get(parent);
    if (!found) levels.set(parent, (found = emptyLevel()));
    return found;
  };
  if (Object.keys(flow.parents).length === 0) {
    return levels.set(undefined, {
      nodes: Object.keys(flow.nodes),
      edges: [...flow.edges],
      bindings: [...flow.bindings],
    });
  }
  for (const key of Object.keys(flow.nodes)) level(parentOf(flow, key)).nodes.push(key);
  for (const edge of flow.edges) level(homeOf(flow, edge)).edges.push(edge);
  for (const binding of flow.bindings) level(homeOf(flow, binding)).bindings.push(binding);
  return levels;
}

const emptyLevel = (): Level => ({ nodes: [], edges: [], bindings: [] });

/** A node and all that is in its body, at any depth: containers before what they hold. */
export function subtreeOf(flow: Flow, key: string): string[] {
  const found = new Set([key]);
  let size: number;
  do {
    size = found.size;
    for (const [inner, parent] of Object.entries(flow.parents)) if (found.has(parent)) found.add(inner);
  } while (found.size > size);
  return [...found];
}

/** The containers around a node, the innermost first. */
export function containersAround(flow: Pick<Flow, "nodes" | "parents">, key: string): string[] {
  const around: string[] = [];
  for (let at = parentOf(flow, key); at !== undefined && !around.includes(at); at = parentOf(flow, at)) around.push(at);
  return around;
}

import { containersAround, edgeId, type Flow, type Position, type SimpleCommand } from "../../../engine/flow/index.ts";

/** All nodes in the bodies of these, at any depth, without them. */
export const inside = (flow: Flow, outer: ReadonlySet<string>): Set<string> =>
  within(flow.parents, Object.keys(flow.nodes), outer);

/** Those of the nodes that are in the body of one of `outer`, at any depth. */
export function within(parents: Flow["parents"], nodes: Iterable<string>, outer: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const key of nodes) {
    for (let at = parents[key]; at !== undefined; at = parents[at]) if (outer.has(at)) found.add(key);
  }
  return found;
}

/** Those that aren't in the body of another one of them. */
export function outermost(flow: Flow, keys: readonly string[]): string[] {
  const within = inside(flow, new Set(keys));
  return keys.filter((key) => !within.has(key));
}

/** Whether a binding may be: what is bound stands in the step's own body or further out. */
export const canBind = (flow: Flow, from: string, to: string): boolean => {
  const home = flow.parents[from];
  return home === undefined || containersAround(flow, to).includes(home);
};

export interface Moved {
  commands: SimpleCommand[];
  /** Wires that would cross a border and are cut. */
  cut: number;
}

/**
 * Moves nodes into a container or out to the flow, each to a position there. Wires between them are kept; wires to what stays behind
 * are cut. Keys whose container moves along are left out by the caller (`outermost`).
 */
export function reparent(flow: Flow, to: string | null, places: ReadonlyMap<string, Position>): Moved {
  const movers = [...places.keys()].filter((key) => (flow.parents[key] ?? null) !== to);
  const moving = new Set(movers);
  const after: Flow = { ...flow, parents: withParents(flow.parents, movers, to) };
  const crosses = ({ from, to: end }: { from: string; to: string }) => after.parents[from] !== after.parents[end];
  const touched = flow.edges.filter((edge) => moving.has(edge.from) || moving.has(edge.to));
  const kept = touched.filter((edge) => !crosses(edge));
  const bindings = flow.bindings.filter(({ from, to: end }) => moving.has(from) || moving.has(end));
  const keptBindings = bindings.filter(({ from, to: end }) => canBind(after, from, end));
  return {
    cut: touched.length - kept.length + bindings.length - keptBindings.length,
    commands: [
      ...movers.map((key): SimpleCommand => ({ do: "node.reparent", key, parent: to })),
      // Moved one after the other, they were apart for a moment: what was cut then is joined again.
      ...kept.map((edge): SimpleCommand => ({ do: "edge.connect", edge })),
      ...keptBindings.map((binding): SimpleCommand => ({ do: "binding.bind", binding })),
      { do: "node.move", positions: Object.fromEntries(places) },
    ],
  };
}

function withParents(parents: Flow["parents"], keys: readonly string[], to: string | null): Flow["parents"] {
  const rest = Object.fromEntries(Object.entries(parents).filter(([key]) => !keys.includes(key)));
  return to === null ? rest : { ...rest, ...Object.fromEntries(keys.map((key) => [key, to])) };
}

/**
 * Steps that stand left of or above their body's origin push the frame's corner out: the container moves there and everything in it is
 * counted from the new corner, so that nothing is seen to jump.
 */
export function pullOrigin(flow: Flow, container: string, at: Readonly<Record<string, Position>>): SimpleCommand[] {
  const inner = Object.keys(flow.nodes).filter((key) => flow.parents[key] === container && at[key]);
  const left = Math.min(0, ...inner.map((key) => at[key]![0]));
  const top = Math.min(0, ...inner.map((key) => at[key]![1]));
  const own = at[container];
  if ((left === 0 && top === 0) || !own) return [];
  const moved = inner.map((key): [string, Position] => [key, [at[key]![0] - left, at[key]![1] - top]]);
  const positions: Record<string, Position> = {
    ...Object.fromEntries(moved),
    [container]: [own[0] + left, own[1] + top],
  };
  return [{ do: "node.move", positions }];
}

/** What wrapping needs to know of the container's type. */
export interface Wrapper {
  key: string;
  add: Extract<SimpleCommand, { do: "node.add" }>;
  /** Its way out. */
  port: string;
}

/**
 * Puts a container around nodes of one body: what led to them leads to the container, what they led to comes after it. Answers null
 * when they don't stand in the same body.
 */
export function wrap(
  flow: Flow,
  keys: readonly string[],
  wrapper: Wrapper,
  places: ReadonlyMap<string, Position>,
): Moved | null {
  const [first] = keys;
  if (first === undefined || keys.some((key) => flow.parents[key] !== flow.parents[first])) return null;
  const moving = new Set(keys);
  const moved = reparent(flow, wrapper.key, places);
  const entering = unique(
    flow.edges
      .filter(({ from, to }) => !moving.has(from) && moving.has(to))
      .map((edge) => ({ ...edge, to: wrapper.key })),
  );
  const leaving = unique(
    flow.edges
      .filter(({ from, port, to }) => moving.has(from) && !moving.has(to) && !ASIDE.has(port))
      .map(({ to }) => ({ from: wrapper.key, port: wrapper.port, to })),
  );
  const joins = [...entering, ...leaving].map((edge): SimpleCommand => ({ do: "edge.connect", edge }));
  const asides = flow.edges.filter(
    ({ from, port, to }) => moving.has(from) && !moving.has(to) && ASIDE.has(port),
  ).length;
  const lost = flow.bindings.filter(({ from, to }) => moving.has(from) && !moving.has(to)).length;
  return { commands: [wrapper.add, ...moved.commands, ...joins], cut: asides + lost };
}

/** Ways out that aren't the step's result: around the whole body they would mean something else. */
const ASIDE: ReadonlySet<string> = new Set(["error", "undo"]);

function unique<T extends { from: string; port: string; to: string }>(edges: readonly T[]): T[] {
  return [...new Map(edges.map((edge) => [edgeId(edge), edge])).values()];
}

import {
  applyCommand,
  freeKey,
  readFlow,
  writeFlow,
  type Flow,
  type Position,
  type SimpleCommand,
  containersAround,
} from "../../../engine/flow/index.ts";
import { GRID, positions, snap } from "../graph/place.ts";
import { inside, outermost } from "./bodies.ts";

/** The part of a flow that some nodes are, with their bodies and what joins them. */
function part(flow: Flow, chosen: readonly string[]): Flow {
  const keys = new Set([...chosen, ...inside(flow, new Set(chosen))]);
  const places = positions(flow);
  const among = ({ from, to }: { from: string; to: string }) => keys.has(from) && keys.has(to);
  const within = (entries: Flow["parents"]) =>
    Object.entries(entries).filter(([key, parent]) => keys.has(key) && keys.has(parent));
  return {
    name: flow.name,
    nodes: Object.fromEntries(Object.entries(flow.nodes).filter(([key]) => keys.has(key))),
    parents: Object.fromEntries(within(flow.parents)),
    edges: flow.edges.filter(among),
    bindings: flow.bindings.filter(among),
    layout: Object.fromEntries([...keys].filter((key) => places[key]).map((key) => [key, places[key]!])),
    extra: {},
  };
}

/** Nodes as text for the clipboard: a flow file of their own. */
export function fragmentText(flow: Flow, keys: readonly string[]): string {
  return writeFlow(readFlow(`heddle: 1\nname: ${JSON.stringify(flow.name)}\n`), part(flow, keys));
}

export interface Pasted {
  /** Those that aren't in the body of another one. */
  keys: string[];
  commands: SimpleCommand[];
}

/** Where pasted nodes come to stand. */
export interface Target {
  /** Of the upper left one, in the body; left out: a little aside from where they were. */
  at?: Position | undefined;
  /** The container whose body they join. */
  parent?: string | undefined;
}

/** Nodes from clipboard text as edits; null for text that is no flow. Keys that are taken are changed, in references too. */
export function pasteCommands(flow: Flow, text: string, target: Target = {}): Pasted | null {
  if (!/^\s*(heddle|nodes|\{)/m.test(text)) return null;
  const source = readFlow(text);
  if (source.problems.some((problem) => problem.code === "flow.syntax")) return null;
  const fragment = withFreeKeys(flow, source.flow);
  if (Object.keys(fragment.nodes).length === 0) return null;
  return insertion(fragment, target);
}

/** The same nodes again, a little aside in the same body, with the wires between them. */
export function duplicateCommands(flow: Flow, keys: readonly string[]): Pasted {
  const homes = new Set(outermost(flow, keys).map((key) => flow.parents[key]));
  const [home] = homes;
  return insertion(withFreeKeys(flow, part(flow, keys)), { parent: homes.size === 1 ? home : undefined });
}

function withFreeKeys(flow: Flow, fragment: Flow): Flow {
  let result = fragment;
  for (const key of Object.keys(fragment.nodes)) {
    if (!(key in flow.nodes)) continue;
    const to = freeKey(key.replace(/_\d+$/, ""), { ...flow.nodes, ...result.nodes });
    result = applyCommand(result, { do: "node.rename", from: key, to }).flow;
  }
  return result;
}

/** Positions in bodies stay; the outer nodes move as one. */
function insertion(fragment: Flow, { at, parent }: Target): Pasted {
  const places = positions(fragment);
  const keys = Object.keys(fragment.nodes).filter((key) => fragment.parents[key] === undefined);
  const left = Math.min(...keys.map((key) => places[key]![0]));
  const top = Math.min(...keys.map((key) => places[key]![1]));
  const [x, y] = at ?? [left + 4 * GRID, top + 4 * GRID];
  const place = (key: string): Position => {
    const [ownX, ownY] = places[key]!;
    return fragment.parents[key] === undefined ? [snap(ownX - left + x), snap(ownY - top + y)] : [ownX, ownY];
  };
  const add = (key: string): SimpleCommand => {
    const container = fragment.parents[key] ?? parent;
    const node = fragment.nodes[key]!;
    return { do: "node.add", key, node, at: place(key), ...(container !== undefined && { parent: container }) };
  };
  return {
    keys,
    commands: [
      ...outerFirst(fragment).map(add),
      ...fragment.edges.map((edge): SimpleCommand => ({ do: "edge.connect", edge })),
      ...fragment.bindings.map((binding): SimpleCommand => ({ do: "binding.bind", binding })),
    ],
  };
}

/** Containers before what they hold. */
function outerFirst(flow: Flow): string[] {
  return Object.keys(flow.nodes).toSorted(
    (a, b) => containersAround(flow, a).length - containersAround(flow, b).length,
  );
}

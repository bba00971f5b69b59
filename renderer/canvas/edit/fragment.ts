import {
  applyCommand,
  freeKey,
  readFlow,
  writeFlow,
  type Flow,
  type Position,
  type SimpleCommand,
} from "../../../engine/flow/index.ts";
import { GRID, positions, snap } from "../graph/place.ts";

/** The part of a flow that some nodes are, with what joins them. */
function part(flow: Flow, keys: ReadonlySet<string>): Flow {
  const places = positions(flow);
  const inside = ({ from, to }: { from: string; to: string }) => keys.has(from) && keys.has(to);
  return {
    name: flow.name,
    nodes: Object.fromEntries(Object.entries(flow.nodes).filter(([key]) => keys.has(key))),
    edges: flow.edges.filter(inside),
    bindings: flow.bindings.filter(inside),
    layout: Object.fromEntries([...keys].filter((key) => places[key]).map((key) => [key, places[key]!])),
    extra: {},
  };
}

/** Nodes as text for the clipboard: a flow file of their own. */
export function fragmentText(flow: Flow, keys: readonly string[]): string {
  return writeFlow(readFlow(`heddle: 1\nname: ${JSON.stringify(flow.name)}\n`), part(flow, new Set(keys)));
}

export interface Pasted {
  keys: string[];
  commands: SimpleCommand[];
}

/** Nodes from clipboard text as edits; null for text that is no flow. Keys that are taken are changed, in references too. */
export function pasteCommands(flow: Flow, text: string, at: Position | null): Pasted | null {
  if (!/^\s*(heddle|nodes|\{)/m.test(text)) return null;
  const source = readFlow(text);
  if (source.problems.some((problem) => problem.code === "flow.syntax")) return null;
  const fragment = withFreeKeys(flow, source.flow);
  const keys = Object.keys(fragment.nodes);
  if (keys.length === 0) return null;
  return { keys, commands: insertCommands(fragment, at ?? besides(fragment)) };
}

/** The same nodes again, a little aside, with the wires between them. */
export function duplicateCommands(flow: Flow, keys: readonly string[]): Pasted {
  const fragment = withFreeKeys(flow, part(flow, new Set(keys)));
  return { keys: Object.keys(fragment.nodes), commands: insertCommands(fragment, besides(fragment)) };
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

const corner = (flow: Flow): Position => {
  const places = Object.values(positions(flow));
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
};

function besides(fragment: Flow): Position {
  const [x, y] = corner(fragment);
  return [x + 4 * GRID, y + 4 * GRID];
}

function insertCommands(fragment: Flow, at: Position): SimpleCommand[] {
  const places = positions(fragment);
  const [left, top] = corner(fragment);
  const moved = ([x, y]: Position): Position => [snap(x - left + at[0]), snap(y - top + at[1])];
  return [
    ...Object.entries(fragment.nodes).map(([key, node]): SimpleCommand => ({
      do: "node.add",
      key,
      node,
      at: moved(places[key]!),
    })),
    ...fragment.edges.map((edge): SimpleCommand => ({ do: "edge.connect", edge })),
    ...fragment.bindings.map((binding): SimpleCommand => ({ do: "binding.bind", binding })),
  ];
}

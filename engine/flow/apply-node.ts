import { HeddleError } from "../lib/errors/error.ts";
import { NOTHING, type Applied, type Command } from "./applied.ts";
import { containersAround, parentOf, subtreeOf } from "./bodies.ts";
import type { FlowCommand } from "./commands.ts";
import { insertKey, withoutKey } from "./json-path.ts";
import { bindingId, edgeId, type Binding, type Edge, type Flow, type FlowNode, type Position } from "./schema.ts";

/** The node with a key. @throws HeddleError `flow.no-such-node` */
export function nodeOf(flow: Flow, key: string): FlowNode {
  if (!Object.hasOwn(flow.nodes, key)) throw new HeddleError("flow.no-such-node", { key });
  return flow.nodes[key]!;
}

const siblingsOf = (flow: Flow, parent: string | undefined): string[] =>
  Object.keys(flow.nodes).filter((key) => parentOf(flow, key) === parent);

/** Where among all nodes a new one of a level stands: nodes are in the order of the document, a container before its body. */
function placeAmong(flow: Flow, parent: string | undefined, index: number | undefined): number {
  const keys = Object.keys(flow.nodes);
  const next = index === undefined ? undefined : siblingsOf(flow, parent)[index];
  if (next !== undefined) return keys.indexOf(next);
  if (parent === undefined) return keys.length;
  const inside = new Set(subtreeOf(flow, parent));
  return keys.findLastIndex((key) => inside.has(key)) + 1;
}

export function addNode(flow: Flow, command: Command<"node.add">): Applied {
  const { key, node, parent, at, index, layoutIndex } = command;
  if (Object.hasOwn(flow.nodes, key)) throw new HeddleError("flow.key-taken", { key });
  if (parent !== undefined) nodeOf(flow, parent);
  const nodes = insertKey(flow.nodes, key, { value: withoutBody(node), index: placeAmong(flow, parent, index) });
  const layout = at ? withPosition(flow.layout, key, { at, index: layoutIndex }) : withoutKey(flow.layout, key);
  const parents = parent === undefined ? flow.parents : { ...flow.parents, [key]: parent };
  const added: Flow = { ...flow, nodes, parents, layout };
  // Edges, bindings and a position that waited for this key already stay when the addition is undone.
  const { flow: bare, inverse } = removeNode(added, key);
  const wires = inverse.do === "batch" ? inverse.commands.slice(1) : [];
  const position = moveNodes({ ...bare, layout: flow.layout }, { [key]: null }).inverse;
  const waiting = Object.hasOwn(flow.layout, key) ? [...wires, position] : wires;
  const remove: FlowCommand = { do: "node.remove", key };
  return { flow: added, inverse: waiting.length === 0 ? remove : { do: "batch", commands: [remove, ...waiting] } };
}

/** What a body holds are nodes of their own: `parents` says where. */
function withoutBody(node: FlowNode): FlowNode {
  return Object.hasOwn(node, "body") ? (withoutKey(node, "body") as FlowNode) : node;
}

/** Removes a node with its wires and, of a container, all that is in its body. */
export function removeNode(flow: Flow, key: string): Applied {
  nodeOf(flow, key);
  const gone = new Set(subtreeOf(flow, key));
  const touches = (wire: Edge | Binding): boolean => gone.has(wire.from) || gone.has(wire.to);
  const edges = flow.edges.filter((edge) => !touches(edge));
  const bindings = flow.bindings.filter((binding) => !touches(binding));
  const layout = without(flow.layout, gone);
  const after: Flow = {
    ...flow,
    nodes: without(flow.nodes, gone),
    parents: without(flow.parents, gone),
    edges: edges.length === flow.edges.length ? flow.edges : edges,
    bindings: bindings.length === flow.bindings.length ? flow.bindings : bindings,
    layout,
  };
  const order = Object.keys(flow.nodes).filter((other) => gone.has(other));
  const commands = [...putBack(flow, key, order), ...wiresBack(flow, after)];
  return { flow: after, inverse: { do: "batch", commands } };
}

/** What adds a removed node again, where it was and with its body. */
function putBack(flow: Flow, key: string, order: readonly string[]): FlowCommand[] {
  const places = Object.keys(flow.layout);
  const adds = order.map((inner): FlowCommand => {
    const parent = parentOf(flow, inner);
    const first = inner === key;
    return {
      do: "node.add",
      key: inner,
      node: flow.nodes[inner]!,
      ...(parent !== undefined && { parent }),
      ...(first && { index: siblingsOf(flow, parent).indexOf(key) }),
      ...(order.length === 1 &&
        Object.hasOwn(flow.layout, key) && { at: flow.layout[key]!, layoutIndex: places.indexOf(key) }),
    };
  });
  if (order.length === 1) return adds;
  // Each position comes back at its own place, so the first one first.
  const moves = places.flatMap((other, index): FlowCommand[] =>
    order.includes(other) ? [{ do: "node.move", positions: { [other]: flow.layout[other]! }, index }] : [],
  );
  return [...adds, ...moves];
}

/** What connects the wires again that one flow has and another one hasn't; the others stand in the same order in both. */
function wiresBack(before: Flow, after: Flow): FlowCommand[] {
  const edges = new Set(after.edges.map(edgeId));
  const bindings = new Set(after.bindings.map(bindingId));
  return [
    ...before.edges.flatMap((edge, index): FlowCommand[] =>
      edges.has(edgeId(edge)) ? [] : [{ do: "edge.connect", edge, index }],
    ),
    ...before.bindings.flatMap((binding, index): FlowCommand[] =>
      bindings.has(bindingId(binding)) ? [] : [{ do: "binding.bind", binding, index }],
    ),
  ];
}

function without<Value>(
  record: Readonly<Record<string, Value>>,
  gone: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  const left = Object.entries(record).filter(([key]) => !gone.has(key));
  return left.length === Object.keys(record).length ? record : Object.fromEntries(left);
}

/** Moves a node with its body to another level; wires that would cross a border then are cut. */
export function reparentNode(flow: Flow, command: Command<"node.reparent">): Applied {
  const { key, parent, index } = command;
  nodeOf(flow, key);
  const former = parentOf(flow, key);
  const target = parent ?? undefined;
  if (target !== undefined) nodeOf(flow, target);
  if (former === target && index === undefined) return { flow, inverse: NOTHING };
  if (target !== undefined && (target === key || containersAround(flow, target).includes(key)))
    throw new HeddleError("flow.into-itself", { key, container: target });
  const after = moved(flow, { key, target, index });
  const place = siblingsOf(flow, former).indexOf(key);
  const back = moved(after, { key, target: former, index: place });
  const inverse: FlowCommand = { do: "node.reparent", key, parent: former ?? null, index: place };
  const wires = wiresBack(flow, back);
  return { flow: after, inverse: wires.length === 0 ? inverse : { do: "batch", commands: [inverse, ...wires] } };
}

interface Move {
  key: string;
  target: string | undefined;
  index: number | undefined;
}

function moved(flow: Flow, { key, target, index }: Move): Flow {
  const block = new Set(subtreeOf(flow, key));
  const rest: Flow = { ...flow, nodes: without(flow.nodes, block) };
  const keys = Object.keys(rest.nodes);
  keys.splice(placeAmong(rest, target, index), 0, ...Object.keys(flow.nodes).filter((other) => block.has(other)));
  const after: Flow = {
    ...flow,
    nodes: Object.fromEntries(keys.map((other) => [other, flow.nodes[other]!])),
    parents: target === undefined ? withoutKey(flow.parents, key) : { ...flow.parents, [key]: target },
  };
  const edges = flow.edges.filter((edge) => !involves(edge, key) || !crossesBorder(after, edge));
  const bindings = flow.bindings.filter(
    (binding) => !(block.has(binding.from) || block.has(binding.to)) || isBindable(after, binding),
  );
  return {
    ...after,
    edges: edges.length === flow.edges.length ? flow.edges : edges,
    bindings: bindings.length === flow.bindings.length ? flow.bindings : bindings,
  };
}

const involves = (edge: Edge, key: string): boolean => edge.from === key || edge.to === key;

/** Whether an edge joins nodes of different levels. */
export function crossesBorder(flow: Flow, { from, to }: Edge | Binding): boolean {
  const known = Object.hasOwn(flow.nodes, from) && Object.hasOwn(flow.nodes, to);
  return known && parentOf(flow, from) !== parentOf(flow, to);
}

/** Whether a binding comes from the level of what it is bound to, or from a level around that. */
export function isBindable(flow: Flow, { from, to }: Binding): boolean {
  if (!Object.hasOwn(flow.nodes, from) || !Object.hasOwn(flow.nodes, to)) return true;
  const level = parentOf(flow, from);
  return level === undefined || containersAround(flow, to).includes(level);
}

export function moveNodes(flow: Flow, positions: Readonly<Record<string, Position | null>>, index?: number): Applied {
  const before: Record<string, Position | null> = {};
  let layout: Readonly<Record<string, Position>> = flow.layout;
  let place = index;
  for (const [key, at] of Object.entries(positions)) {
    const known = Object.hasOwn(layout, key);
    before[key] = known ? layout[key]! : null;
    layout = at ? withPosition(layout, key, { at, index: known ? undefined : place }) : withoutKey(layout, key);
    if (at && !known && place !== undefined) place++;
  }
  const first = Object.keys(flow.layout).findIndex((key) => positions[key] === null);
  const inverse: FlowCommand = { do: "node.move", positions: before, ...(first >= 0 && { index: first }) };
  return { flow: { ...flow, layout }, inverse };
}

type Layout = Readonly<Record<string, Position>>;

function withPosition(layout: Layout, key: string, place: { at: Position; index?: number | undefined }): Layout {
  if (Object.hasOwn(layout, key)) return { ...layout, [key]: place.at };
  return insertKey(layout, key, { value: place.at, index: place.index });
}

import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { FlowCommand } from "./commands.ts";
import { NOTHING, type Applied, type Command } from "./applied.ts";
import { addNode, moveNodes, nodeOf, removeNode, reparentNode } from "./apply-node.ts";
import { deleteAt, getAt, setAt } from "./json-path.ts";
import { renameNode, renameOutputField, type KnownSites } from "./rename.ts";
import { bindingId, edgeId, type Binding, type Edge, type Flow, type FlowNode } from "./schema.ts";

/**
 * Applies an edit; flows are never changed in place and share what the edit doesn't touch. With `types`, renaming finds references by the
 * node types' schemas; without, by their looks.
 * @throws HeddleError `flow.no-such-node`, `flow.key-taken`, `flow.into-itself`
 */
export function applyCommand(flow: Flow, command: FlowCommand, types?: KnownSites): Applied {
  switch (command.do) {
    case "batch":
      return applyBatch(flow, command.commands, types);
    case "node.add":
      return addNode(flow, command);
    case "node.remove":
      return removeNode(flow, command.key);
    case "node.reparent":
      return reparentNode(flow, command);
    case "node.move":
      return moveNodes(flow, command.positions, command.index);
    case "node.rename":
      return renameNode(flow, command, types);
    case "node.configure":
      return configureNode(flow, command);
    case "field.rename":
      return renameOutputField(flow, command, types);
    case "port.rename":
      return renamePort(flow, command);
    case "edge.connect":
      return connect(flow, command);
    case "edge.disconnect":
      return disconnect(flow, command.edge);
    case "binding.bind":
      return bind(flow, command);
    case "binding.unbind":
      return unbind(flow, command.binding);
    case "flow.describe":
      return describeFlow(flow, command);
  }
}

function applyBatch(flow: Flow, commands: readonly FlowCommand[], types?: KnownSites): Applied {
  const inverses: FlowCommand[] = [];
  let current = flow;
  for (const command of commands) {
    const applied = applyCommand(current, command, types);
    current = applied.flow;
    inverses.unshift(applied.inverse);
  }
  return { flow: current, inverse: { do: "batch", commands: inverses } };
}

function configureNode(flow: Flow, { key, path, value, index }: Command<"node.configure">): Applied {
  const node = nodeOf(flow, key) as JsonObject;
  if (path[0] === "body") return { flow, inverse: NOTHING };
  const changed = value === undefined ? deleteAt(node, path) : setAt(node, path, { value, index });
  const inverse: FlowCommand = { do: "node.configure", key, ...formerValue(node, path) };
  return { flow: { ...flow, nodes: { ...flow.nodes, [key]: changed as FlowNode } }, inverse };
}

/** What brings back the former value of a path: its value and place, or the deletion of the first thing on the way that wasn't there. */
function formerValue(
  node: JsonValue,
  path: readonly (string | number)[],
): { path: (string | number)[]; value?: JsonValue; index?: number } {
  for (let length = 1; length <= path.length; length++) {
    const holder = getAt(node, path.slice(0, length - 1));
    if (typeof holder !== "object" || holder === null || Array.isArray(holder)) {
      return { path: path.slice(0, length - 1), value: holder! };
    }
    if (!Object.hasOwn(holder, String(path[length - 1]))) return { path: path.slice(0, length) };
  }
  const holder = getAt(node, path.slice(0, -1)) as JsonObject;
  const last = String(path.at(-1));
  return { path: [...path], value: holder[last]!, index: Object.keys(holder).indexOf(last) };
}

function renamePort(flow: Flow, { key, from, to }: Command<"port.rename">): Applied {
  const edges = flow.edges.map((edge) => (edge.from === key && edge.port === from ? { ...edge, port: to } : edge));
  const before = flow.edges.filter((edge) => edge.from === key && edge.port === to);
  const unchanged = edges.every((edge, index) => edge === flow.edges[index]) || before.length > 0;
  if (unchanged) return { flow, inverse: NOTHING };
  return { flow: { ...flow, edges }, inverse: { do: "port.rename", key, from: to, to: from } };
}

function connect(flow: Flow, { edge, index }: Command<"edge.connect">): Applied {
  if (flow.edges.some((known) => edgeId(known) === edgeId(edge))) return { flow, inverse: NOTHING };
  return {
    flow: { ...flow, edges: flow.edges.toSpliced(index ?? flow.edges.length, 0, edge) },
    inverse: { do: "edge.disconnect", edge },
  };
}

function disconnect(flow: Flow, edge: Edge): Applied {
  const index = flow.edges.findIndex((known) => edgeId(known) === edgeId(edge));
  if (index === -1) return { flow, inverse: NOTHING };
  return {
    flow: { ...flow, edges: flow.edges.toSpliced(index, 1) },
    inverse: { do: "edge.connect", edge: flow.edges[index]!, index },
  };
}

function bind(flow: Flow, { binding, index }: Command<"binding.bind">): Applied {
  if (flow.bindings.some((known) => bindingId(known) === bindingId(binding))) return { flow, inverse: NOTHING };
  const bindings = flow.bindings.toSpliced(index ?? flow.bindings.length, 0, binding);
  return { flow: { ...flow, bindings }, inverse: { do: "binding.unbind", binding } };
}

function unbind(flow: Flow, binding: Binding): Applied {
  const index = flow.bindings.findIndex((known) => bindingId(known) === bindingId(binding));
  if (index === -1) return { flow, inverse: NOTHING };
  const former = flow.bindings[index]!;
  return {
    flow: { ...flow, bindings: flow.bindings.toSpliced(index, 1) },
    inverse: { do: "binding.bind", binding: former, index },
  };
}

function describeFlow(flow: Flow, { name, description }: Command<"flow.describe">): Applied {
  const { name: formerName, description: former, ...rest } = flow;
  const before: FlowCommand = {
    do: "flow.describe",
    name: formerName,
    ...(former !== undefined && { description: former }),
  };
  return { flow: { name, ...(description !== undefined && { description }), ...rest }, inverse: before };
}

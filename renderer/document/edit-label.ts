import type { Flow, FlowCommand, SimpleCommand } from "../../engine/flow/index.ts";

/** What an edit did, for “Undo: …”. `key` is a row of the canvas namespace under `edit.`. */
export interface EditLabel {
  key:
    | "add"
    | "remove"
    | "move"
    | "moveSeveral"
    | "rename"
    | "configure"
    | "connect"
    | "disconnect"
    | "bind"
    | "unbind"
    | "describe"
    | "text"
    | "disk"
    | "recovered"
    | "several"
    | "paste"
    | "duplicate"
    | "arrange"
    | "insert"
    | "carry"
    | "wrap"
    | "fix";
  /** The title of the step it was about. */
  name?: string;
}

const nodeName = (flow: Flow, key: string): string => flow.nodes[key]?.title ?? key;

function simpleLabel(flow: Flow, command: SimpleCommand): EditLabel {
  switch (command.do) {
    case "node.add":
      return { key: "add", name: command.node.title ?? command.key };
    case "node.reparent":
      return { key: "carry", name: nodeName(flow, command.key) };
    case "node.remove":
      return { key: "remove", name: nodeName(flow, command.key) };
    case "node.move": {
      const keys = Object.keys(command.positions);
      return keys.length === 1 ? { key: "move", name: nodeName(flow, keys[0]!) } : { key: "moveSeveral" };
    }
    case "node.rename":
      return { key: "rename", name: command.to };
    case "field.rename":
    case "port.rename":
    case "node.configure":
      return { key: "configure", name: nodeName(flow, command.key) };
    case "edge.connect":
      return { key: "connect" };
    case "edge.disconnect":
      return { key: "disconnect" };
    case "binding.bind":
      return { key: "bind", name: nodeName(flow, command.binding.from) };
    case "binding.unbind":
      return { key: "unbind", name: nodeName(flow, command.binding.from) };
    case "flow.describe":
      return { key: "describe" };
  }
}

/** Names an edit by what it does to the flow as it was before. */
export function editLabel(flow: Flow, command: FlowCommand): EditLabel {
  if (command.do !== "batch") return simpleLabel(flow, command);
  const [only, ...more] = command.commands;
  return only && more.length === 0 ? editLabel(flow, only) : { key: "several" };
}

/** Edits of one place merge while a person types in it. */
export function mergeKey(command: FlowCommand): string | undefined {
  if (command.do === "node.configure") return `configure ${command.key} ${command.path.join(" ")}`;
  if (command.do === "flow.describe") return "describe";
  return undefined;
}

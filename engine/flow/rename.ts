import { HeddleError } from "../lib/errors/error.ts";
import { renameReference } from "../expr/index.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Applied } from "./apply.ts";
import type { FlowCommand } from "./commands.ts";
import { guessSites } from "./field-sites.ts";
import { renameKey, setAt, withoutKey } from "./json-path.ts";
import type { NodeTypes } from "./node-types.ts";
import type { Flow, FlowNode } from "./schema.ts";

interface Names {
  from: string;
  to: string;
}

/** Gives a step another key everywhere: edges, bindings, layout and every reference in every config. */
export function renameNode(flow: Flow, { from, to }: Names, types?: Pick<NodeTypes, "sites">): Applied {
  if (!Object.hasOwn(flow.nodes, from)) throw new HeddleError("flow.no-such-node", { key: from });
  if (from === to) return { flow, inverse: { do: "batch", commands: [] } };
  if (Object.hasOwn(flow.nodes, to)) throw new HeddleError("flow.key-taken", { key: to });
  const renamed = renameAll(flow, { from, to }, types);
  const back = renameAll(renamed, { from: to, to: from }, types);
  const inverse: FlowCommand = { do: "node.rename", from: to, to: from };
  const restored = restore(flow, back);
  return {
    flow: renamed,
    inverse: restored.length === 0 ? inverse : { do: "batch", commands: [inverse, ...restored] },
  };
}

function renameAll(flow: Flow, names: Names, types?: Pick<NodeTypes, "sites">): Flow {
  const wire = <Wire extends { from: string; to: string }>(old: Wire): Wire => {
    if (old.from !== names.from && old.to !== names.from) return old;
    const rename = (key: string): string => (key === names.from ? names.to : key);
    return { ...old, from: rename(old.from), to: rename(old.to) };
  };
  // A position that was left behind under the new key gives way to that of the renamed node.
  const layout = Object.hasOwn(flow.layout, names.from) ? withoutKey(flow.layout, names.to) : flow.layout;
  const nodes = Object.fromEntries(
    Object.entries(flow.nodes).map(([key, node]) => [key, renameInNode(node, names, types)]),
  );
  return {
    ...flow,
    nodes: renameKey(nodes, names.from, names.to),
    edges: flow.edges.map(wire),
    bindings: flow.bindings.map(wire),
    layout: renameKey(layout, names.from, names.to),
  };
}

function renameInNode(node: FlowNode, names: Names, types?: Pick<NodeTypes, "sites">): FlowNode {
  if (!node.config) return node;
  const sites = types ? types.sites(node.type, node.config) : guessSites(node.config);
  let config: JsonValue = node.config;
  for (const site of sites) {
    if (site.kind !== "template" && site.kind !== "expression") continue;
    const text = renameReference(site.value, site.kind, names);
    if (text !== site.value) config = setAt(config, site.keys, { value: text });
  }
  return config === node.config ? node : { ...node, config: config as JsonObject };
}

/**
 * What renaming back alone would not bring back: the new key may have been named already by references and wires that led nowhere, and
 * they would be renamed along.
 */
function restore(before: Flow, back: Flow): FlowCommand[] {
  const commands: FlowCommand[] = [];
  for (const [key, node] of Object.entries(before.nodes)) {
    const same = JSON.stringify(node.config) === JSON.stringify(back.nodes[key]?.config);
    if (!same && node.config) commands.push({ do: "node.configure", key, path: ["config"], value: node.config });
  }
  for (const [index, edge] of before.edges.entries()) {
    const now = back.edges[index]!;
    if (edge.from === now.from && edge.to === now.to) continue;
    commands.push({ do: "edge.disconnect", edge: now }, { do: "edge.connect", edge, index });
  }
  for (const [index, binding] of before.bindings.entries()) {
    const now = back.bindings[index]!;
    if (binding.from === now.from && binding.to === now.to) continue;
    commands.push({ do: "binding.unbind", binding: now }, { do: "binding.bind", binding, index });
  }
  const lost = Object.entries(before.layout).filter(([key]) => !Object.hasOwn(back.layout, key));
  if (lost.length > 0) commands.push({ do: "node.move", positions: Object.fromEntries(lost) });
  return commands;
}

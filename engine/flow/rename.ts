import { HeddleError } from "../lib/errors/error.ts";
import { renameField, renameReference, type FieldKind } from "../expr/index.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Applied } from "./applied.ts";
import type { FlowCommand } from "./commands.ts";
import { guessSites } from "./field-sites.ts";
import { renameKey, setAt, withoutKey } from "./json-path.ts";
import type { NodeTypes } from "./node-types.ts";
import { bindingId, edgeId, type Flow, type FlowNode } from "./schema.ts";

/** What tells where a config holds references. */
export type KnownSites = Pick<NodeTypes, "has" | "sites">;

interface Names {
  from: string;
  to: string;
}

/** Gives a step another key everywhere: edges, bindings, layout and every reference in every config. */
export function renameNode(flow: Flow, { from, to }: Names, types?: KnownSites): Applied {
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

/** Rewrites every reference to a field of a node's output. The setting that names the field is the caller's to change. */
export function renameOutputField(
  flow: Flow,
  names: { key: string; from: string; to: string },
  types?: KnownSites,
): Applied {
  const rewrite: Rewrite = (text, kind) => renameField(text, kind, { root: names.key, from: names.from, to: names.to });
  const nodes: Record<string, FlowNode> = {};
  const inverse: FlowCommand[] = [];
  for (const [key, node] of Object.entries(flow.nodes)) {
    nodes[key] = rewriteConfig(node, rewrite, types);
    if (nodes[key] !== node) inverse.push({ do: "node.configure", key, path: ["config"], value: node.config! });
  }
  return { flow: { ...flow, nodes }, inverse: { do: "batch", commands: inverse } };
}

/** What becomes of a text that holds references. */
type Rewrite = (text: string, kind: FieldKind) => string;

function renameAll(flow: Flow, names: Names, types?: KnownSites): Flow {
  const wire = <Wire extends { from: string; to: string }>(old: Wire): Wire => {
    if (old.from !== names.from && old.to !== names.from) return old;
    const rename = (key: string): string => (key === names.from ? names.to : key);
    return { ...old, from: rename(old.from), to: rename(old.to) };
  };
  const rewrite: Rewrite = (text, kind) => renameReference(text, kind, names);
  // A position that was left behind under the new key gives way to that of the renamed node.
  const layout = Object.hasOwn(flow.layout, names.from) ? withoutKey(flow.layout, names.to) : flow.layout;
  const nodes = Object.fromEntries(
    Object.entries(flow.nodes).map(([key, node]) => [key, rewriteConfig(node, rewrite, types)]),
  );
  return {
    ...flow,
    nodes: renameKey(nodes, names.from, names.to),
    parents: renameParents(flow.parents, names),
    edges: distinct(flow.edges.map(wire), edgeId),
    bindings: distinct(flow.bindings.map(wire), bindingId),
    layout: renameKey(layout, names.from, names.to),
  };
}

/** A node whose references to one step name another one, as far as they can. */
export function renameInNode(node: FlowNode, names: Names): FlowNode {
  try {
    return rewriteConfig(node, (text, kind) => renameReference(text, kind, names));
  } catch (thrown) {
    if (thrown instanceof HeddleError) return node;
    throw thrown;
  }
}

function renameParents(parents: Flow["parents"], { from, to }: Names): Flow["parents"] {
  const involved = Object.hasOwn(parents, from) || Object.values(parents).includes(from);
  if (!involved) return parents;
  const renamed = Object.entries(parents).map(([key, parent]) => [
    key === from ? to : key,
    parent === from ? to : parent,
  ]);
  return Object.fromEntries(renamed) as Flow["parents"];
}

function rewriteConfig(node: FlowNode, rewrite: Rewrite, types?: KnownSites): FlowNode {
  if (!node.config) return node;
  const sites = types?.has(node.type) ? types.sites(node.type, node.config) : guessSites(node.config);
  let config: JsonValue = node.config;
  for (const site of sites) {
    if (site.kind !== "template" && site.kind !== "expression") continue;
    const text = rewrite(site.value, site.kind);
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
  const edges = difference(back.edges, before.edges, edgeId);
  for (const { wire: edge } of edges.gone) commands.push({ do: "edge.disconnect", edge });
  for (const { wire: edge, index } of edges.come) commands.push({ do: "edge.connect", edge, index });
  const bindings = difference(back.bindings, before.bindings, bindingId);
  for (const { wire: binding } of bindings.gone) commands.push({ do: "binding.unbind", binding });
  for (const { wire: binding, index } of bindings.come) commands.push({ do: "binding.bind", binding, index });
  const extra = Object.keys(back.layout).filter((key) => !Object.hasOwn(before.layout, key));
  for (const key of extra) commands.push({ do: "node.move", positions: { [key]: null } });
  const lost = Object.entries(before.layout).filter(([key]) => !Object.hasOwn(back.layout, key));
  for (const [key, position] of lost) {
    commands.push({ do: "node.move", positions: { [key]: position }, index: Object.keys(before.layout).indexOf(key) });
  }
  return commands;
}

interface Placed<Wire> {
  wire: Wire;
  index: number;
}

/** What has to go from one list of wires, and come, to make it another one. Where those in both stand in another order, all of them. */
function difference<Wire>(
  from: readonly Wire[],
  to: readonly Wire[],
  id: (wire: Wire) => string,
): { gone: Placed<Wire>[]; come: Placed<Wire>[] } {
  const gone = missing(from, to, id);
  const come = missing(to, from, id);
  const stay = (list: readonly Wire[], changed: readonly Placed<Wire>[]): string => {
    const others = new Set(changed.map(({ wire }) => wire));
    return JSON.stringify(list.filter((wire) => !others.has(wire)).map(id));
  };
  if (stay(from, gone) === stay(to, come)) return { gone, come };
  const all = (list: readonly Wire[]): Placed<Wire>[] => list.map((wire, index) => ({ wire, index }));
  return { gone: all(from), come: all(to) };
}

/** The wires of a list that another one hasn't, with their places. */
function missing<Wire>(list: readonly Wire[], other: readonly Wire[], id: (wire: Wire) => string): Placed<Wire>[] {
  const known = new Set(other.map(id));
  return list.flatMap((wire, index) => (known.has(id(wire)) ? [] : [{ wire, index }]));
}

/** Wires that led nowhere may come to be the same as others. */
function distinct<Wire>(wires: readonly Wire[], id: (wire: Wire) => string): Wire[] {
  return [...new Map(wires.toReversed().map((wire) => [id(wire), wire])).values()].toReversed();
}

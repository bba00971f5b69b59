import { isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Substitute } from "./assemble.ts";
import { levelsOf, type Level } from "./bodies.ts";
import { BINDINGS, EDGES, type WireKind } from "./edge-text.ts";
import type { Flow } from "./schema.ts";
import { syncFlowMap, syncFlowSeq } from "./text/sync-flow.ts";
import { syncMap, syncSeq } from "./text/sync-block.ts";
import type { ListItem, MapChange, SyncChild, SyncContext, YamlPair } from "./text/sync-context.ts";
import { keyText, pairOf } from "./text/yaml-json.ts";

/** A flow as one side of a change, and the level of it that is looked at. */
export interface Side {
  flow: Flow;
  levels: ReadonlyMap<string | undefined, Level>;
  /** What the text calls nodes whose key stands in it twice. */
  substitutes: ReadonlyMap<string, Substitute>;
  container: string | undefined;
}

interface Sides {
  before: Side;
  after: Side;
}

const NO_LEVEL: Level = { nodes: [], edges: [], bindings: [] };

export function sideOf(flow: Flow, substitutes: Side["substitutes"] = new Map()): Side {
  return { flow, levels: levelsOf(flow), substitutes, container: undefined };
}

const levelOf = ({ levels, container }: Side): Level => levels.get(container) ?? NO_LEVEL;

/** The top of the file as an object. */
export function topJson(side: Side): JsonObject {
  const { flow } = side;
  return {
    name: flow.name,
    ...(flow.description !== undefined && { description: flow.description }),
    ...flow.extra,
    ...levelJson(side),
    layout: flow.layout as unknown as JsonObject,
  };
}

/** A level as an object; empty sections are in it too. */
function levelJson(side: Side): JsonObject {
  const { edges, bindings } = levelOf(side);
  return { nodes: nodesJson(side), edges: edges.map(EDGES.format), bindings: bindings.map(BINDINGS.format) };
}

const writtenKey = ({ substitutes }: Side, key: string): string => substitutes.get(key)?.key ?? key;

function nodesJson(side: Side): JsonObject {
  return Object.fromEntries(levelOf(side).nodes.map((key) => [writtenKey(side, key), nodeJson(side, key)]));
}

/** A node with its body. `place` says which of its keys stand before the body. */
function nodeJson(side: Side, key: string, before?: ReadonlySet<string>): JsonObject {
  const node = (side.substitutes.get(key)?.node ?? side.flow.nodes[key]!) as JsonObject;
  if (!side.levels.has(key)) return node;
  const body = withoutEmpty(levelJson({ ...side, container: key }));
  const names = Object.keys(node);
  const at = before ? names.findLastIndex((name) => before.has(name)) + 1 : names.length;
  const entries: [string, JsonValue][] = names.map((name) => [name, node[name]!]);
  return Object.fromEntries(entries.toSpliced(at, 0, ["body", body]));
}

/** A body that is written for the first time says only what there is to say. */
function withoutEmpty(level: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(level).filter(([, value]) => !isEmpty(value)));
}

/** Writes what differs between two flows into the text of one of their levels, and of the bodies in it. */
export function syncLevel(context: SyncContext, map: YAMLMap, sides: Sides): void {
  const inFile = map.items.map(keyText);
  const json = (side: Side): JsonObject => (side.container === undefined ? topJson(side) : levelJson(side));
  const child: SyncChild = (inner, pair, { name: key }) => {
    if (key === "edges") return syncWires(inner, pair, { kind: EDGES, sides, of: (level) => level.edges });
    if (key === "bindings") return syncWires(inner, pair, { kind: BINDINGS, sides, of: (level) => level.bindings });
    return key === "nodes" && syncNodes(inner, pair, sides);
  };
  const before = inOrderOfFile(inFile, { ...json(sides.before), ...standing(map, sides.before) });
  syncAnyMap(context, map, { before, after: inOrderOfFile(inFile, json(sides.after)), child });
}

/** The wires that stand in a level's text, be it that they belong to another level. */
function standing(map: YAMLMap, side: Side): JsonObject {
  const texts = <Wire extends { from: string; to: string }>(kind: WireKind<Wire>): JsonObject => {
    const list = pairOf(map, kind.list)?.value;
    return isSeq(list) ? { [kind.list]: readableItems(list, kind, side).map(({ value }) => value) } : {};
  };
  return { ...texts(EDGES), ...texts(BINDINGS) };
}

function syncAnyMap(context: SyncContext, map: YAMLMap, change: MapChange): void {
  if (map.flow) syncFlowMap(context, map, change);
  else syncMap(context, map, change);
}

const ORDER = ["name", "description", "", "nodes", "edges", "bindings", "layout"];

/** The sections in the order in which the file has them; those that it doesn't have yet at their usual place, if there is anything in them. */
function inOrderOfFile(inFile: readonly string[], all: JsonObject): JsonObject {
  const keys = inFile.filter((key) => Object.hasOwn(all, key));
  for (const key of Object.keys(all)) {
    if (keys.includes(key) || isEmpty(all[key]!) || (key === "name" && all[key] === "")) continue;
    const rank = rankOf(key);
    const after = keys.findLastIndex((other) => rankOf(other) <= rank);
    keys.splice(after + 1, 0, key);
  }
  return Object.fromEntries(keys.map((key) => [key, all[key]!]));
}

const rankOf = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.indexOf(""));
const isEmpty = (value: JsonValue): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

/** The nodes of a level. False where there is no map to write into. */
function syncNodes(context: SyncContext, pair: YamlPair, sides: Sides): boolean {
  const map = pair.value;
  const after = nodesJson(sides.after);
  if (!isMap(map) || map.items.length === 0 || isEmpty(after)) return false;
  const keys = new Map(levelOf(sides.before).nodes.map((key) => [writtenKey(sides.before, key), key]));
  const child: SyncChild = (inner, node, { name, former }) => {
    const key = keys.get(former);
    return key !== undefined && syncBody(inner, node, { sides, key, name });
  };
  const inLines = new Set([...sides.after.levels.keys()].map((key) => writtenKey(sides.after, key ?? "")));
  syncAnyMap(context, map, { before: nodesJson(sides.before), after, child, inLines });
  return true;
}

/** A container whose body stands in the text. False for any other node. */
function syncBody(context: SyncContext, pair: YamlPair, at: { sides: Sides; key: string; name: string }): boolean {
  const map = pair.value;
  const before: Side = { ...at.sides.before, container: at.key };
  const after: Side = { ...at.sides.after, container: at.name };
  const body = isMap(map) ? pairOf(map, "body")?.value : undefined;
  if (!isMap(map)) return false;
  if (!isMap(body) || body.items.length === 0) return addBody(context, map, { before, after });
  if (!after.levels.has(at.name) && !holdsMore(body, levelOf(before))) return false;
  const names = map.items.map(keyText);
  const first = new Set(names.slice(0, names.indexOf("body")));
  const whole = (side: Side): JsonObject =>
    nodeJson({ ...side, levels: new Map([[side.container, levelOf(side)], ...side.levels]) }, side.container!, first);
  const child: SyncChild = (inner, inside, { name }) => {
    if (name !== "body") return false;
    syncLevel(inner, inside.value as YAMLMap, { before, after });
    return true;
  };
  syncAnyMap(context, map, { before: whole(before), after: whole(after), child });
  return true;
}

/** A body that the text doesn't have yet: over several lines where the container's text is. */
function addBody(context: SyncContext, map: YAMLMap, { before, after }: Sides): boolean {
  if (map.flow || !after.levels.has(after.container)) return false;
  const json = (side: Side): JsonObject => nodeJson(side, side.container!);
  syncMap(context, map, { before: json(before), after: json(after), inLines: new Set(["body"]) });
  return true;
}

/** Whether a body's text holds what the flow doesn't: keys of other tools, lines that can't be read. */
function holdsMore(body: YAMLMap, level: Level): boolean {
  const sizes: Readonly<Record<string, number>> = {
    nodes: level.nodes.length,
    edges: level.edges.length,
    bindings: level.bindings.length,
  };
  return body.items.some((pair) => {
    const { value } = pair;
    const size = isMap(value) || isSeq(value) ? value.items.length : 0;
    return size > (sizes[keyText(pair)] ?? 0) || !Object.hasOwn(sizes, keyText(pair));
  });
}

interface WireChange<Wire> {
  kind: WireKind<Wire>;
  sides: Sides;
  of(level: Level): readonly Wire[];
}

/** The lines of a list of edges or bindings. Lines that couldn't be read stay where they are. False where there is no list to write into. */
function syncWires<Wire extends { from: string; to: string }>(
  context: SyncContext,
  pair: YamlPair,
  { kind, sides, of }: WireChange<Wire>,
): boolean {
  const list = pair.value;
  if (!isSeq(list) || list.items.length === 0) return false;
  const texts = of(levelOf(sides.after)).map(kind.format);
  const readable = readableItems(list, kind, sides.before);
  const allGone = texts.length === 0 && readable.flatMap((item) => item.nodes).length === list.items.length;
  if (allGone) return false;
  if (list.flow) syncFlowSeq(context, list, readable, texts);
  else syncSeq(context, list, readable, texts);
  return true;
}

/** The lines of a list that are wires of the flow; a wire that stands there twice is one. */
function readableItems<Wire extends { from: string; to: string }>(
  list: YAMLSeq,
  kind: Pick<WireKind<Wire>, "parse" | "format" | "id">,
  side: Side,
): ListItem[] {
  const items = new Map<string, ListItem>();
  for (const node of list.items as Node[]) {
    const wire = isScalar(node) && typeof node.value === "string" ? kind.parse(node.value) : undefined;
    if (!wire || isStray(side, wire)) continue;
    const known = items.get(kind.id(wire));
    if (known) known.nodes.push(node);
    else items.set(kind.id(wire), { value: kind.format(wire), nodes: [node] });
  }
  return [...items.values()];
}

/** In a body, a wire that joins nothing that there is was never read into the flow. */
function isStray({ flow, container, substitutes }: Side, { from, to }: { from: string; to: string }): boolean {
  if (container === undefined) return false;
  const written = new Set([...substitutes.values()].map(({ key }) => key));
  return [from, to].every((key) => !Object.hasOwn(flow.nodes, key) && !written.has(key));
}

import { isScalar, isSeq, type Node } from "yaml";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import { BINDINGS, EDGES, type WireKind } from "./edge-text.ts";
import { readFlow, type FlowSource } from "./read.ts";
import type { Flow } from "./schema.ts";
import type { TextDocument } from "./text/document.ts";
import { freshText } from "./text/fresh.ts";
import { isSame } from "./text/same.ts";
import { styleOf } from "./text/style.ts";
import { syncFlowMap, syncFlowSeq } from "./text/sync-flow.ts";
import { syncMap, syncPair, syncSeq } from "./text/sync-block.ts";
import type { ListItem, SyncChild, SyncContext, YamlPair } from "./text/sync-context.ts";
import { syncContext } from "./text/sync.ts";
import { keyText } from "./text/yaml-json.ts";

/**
 * The source's text with the flow's changes in it. What didn't change keeps its bytes: comments, quotes, order, unknown keys. A change
 * of one thing changes its lines only.
 * @throws HeddleError `flow.read-only` for a change to a file of a newer version or one with syntax errors.
 */
export function writeFlow(source: FlowSource, flow: Flow): string {
  return rewriteFlow(source, flow).text;
}

/** As writeFlow, but gives the new text read: what the next edit starts from. */
export function rewriteFlow(source: FlowSource, flow: Flow): FlowSource {
  if (isSameFlow(source.flow, flow)) return source;
  const { document } = source;
  if (source.readOnly || document.problems.length > 0 || !document.root) throw new HeddleError("flow.read-only");
  // Anchors, tags and the like can make a part mean more than its own text: then whole sections are written, at last the whole file.
  for (const finely of [true, false]) {
    const written = readFlow(spliced(document, { before: source.flow, after: flow, finely }));
    if (isSameFlow(written.flow, flow)) return written;
  }
  return readFlow(freshText(flow));
}

/** Whether two flows would be written alike. */
export function isSameFlow(a: Flow, b: Flow): boolean {
  return a === b || isSame(sections(a), sections(b));
}

interface Change {
  before: Flow;
  after: Flow;
  finely: boolean;
}

function spliced(document: TextDocument, { before, after, finely }: Change): string {
  const context = syncContext(document.text, styleOf(document));
  const root = document.root!;
  const inFile = root.items.map(keyText);
  const old = inOrderOfFile(inFile, sections(before));
  const now = inOrderOfFile(inFile, sections(after));
  const child: SyncChild = (inner, pair, key) => {
    if (key === "edges") return syncWires(inner, pair, { kind: EDGES, after: after.edges });
    if (key === "bindings") return syncWires(inner, pair, { kind: BINDINGS, after: after.bindings });
    return false;
  };
  if (finely && root.flow) syncFlowMap(context, root, { before: old, after: now, child });
  else if (finely) syncMap(context, root, { before: old, after: now, child });
  else syncWhole(context, root.items as YamlPair[], old, now);
  return context.splices.apply(document.text);
}

/** Every section that differs, written anew. */
function syncWhole(context: SyncContext, pairs: readonly YamlPair[], before: JsonObject, after: JsonObject): void {
  for (const pair of pairs) {
    const key = keyText(pair);
    if (Object.hasOwn(after, key) && !isSame(before[key], after[key])) syncPair(context, pair, undefined, after[key]!);
  }
}

const ORDER = ["name", "description", "", "nodes", "edges", "bindings", "layout"];

/** The top of the file as an object. Empty sections are left out unless the file has them. */
function sections(flow: Flow): JsonObject {
  return {
    name: flow.name,
    ...(flow.description !== undefined && { description: flow.description }),
    ...flow.extra,
    nodes: flow.nodes as JsonObject,
    edges: flow.edges.map(EDGES.format),
    bindings: flow.bindings.map(BINDINGS.format),
    layout: flow.layout as unknown as JsonObject,
  };
}

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

/** The lines of a list of edges or bindings. Lines that couldn't be read stay where they are. False where there is no list to write into. */
function syncWires<Wire>(
  context: SyncContext,
  pair: YamlPair,
  { kind, after }: { kind: WireKind<Wire>; after: readonly Wire[] },
): boolean {
  const list = pair.value;
  if (!isSeq(list) || list.items.length === 0) return false;
  const items = new Map<string, ListItem>();
  for (const node of list.items as Node[]) {
    const wire = isScalar(node) && typeof node.value === "string" ? kind.parse(node.value) : undefined;
    if (!wire) continue;
    const known = items.get(kind.id(wire));
    if (known) known.nodes.push(node);
    else items.set(kind.id(wire), { value: kind.format(wire), nodes: [node] });
  }
  const texts = after.map(kind.format);
  const readable = [...items.values()];
  const allGone = texts.length === 0 && readable.flatMap((item) => item.nodes).length === list.items.length;
  if (allGone) return false;
  if (list.flow) syncFlowSeq(context, list, readable, texts);
  else syncSeq(context, list, readable, texts);
  return true;
}

import { isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { isJsonObject, type JsonValue } from "../../lib/json.ts";
import { align } from "./align.ts";
import {
  closed,
  colonOf,
  endOfNode,
  endOfPair,
  isFirstOnLine,
  isWritten,
  lineEnd,
  lineStart,
  nextLine,
} from "./extent.ts";
import { renderAfterKey, renderFlow, renderItem, renderKey, renderPair } from "./render.ts";
import { definedKeys, isSame } from "./same.ts";
import { startOf } from "./style.ts";
import { columnOf, syncNode, type ListItem, type MapChange, type SyncContext, type YamlPair } from "./sync-context.ts";
import { pairsOf } from "./yaml-json.ts";

/** A block map. */
export function syncMap(context: SyncContext, map: YAMLMap, { before, after, child, inLines }: MapChange): void {
  const pairs = pairsOf(map);
  const keysBefore = definedKeys(before).filter((key) => pairs.has(key));
  // What was read into the flow without standing in the text (a missing type) isn't written either.
  const keysAfter = definedKeys(after).filter((key) => pairs.has(key) || !isSame(before[key], after[key]));
  const { kept, removed, added } = align(keysBefore, keysAfter, (a, b) =>
    alike(before[keysBefore[a]!], after[keysAfter[b]!]),
  );
  for (const [a, b] of kept) {
    const [key, name] = [keysBefore[a]!, keysAfter[b]!];
    const pair = pairs.get(key)!;
    if (key !== name) renameKeyText(context, pair, name);
    if (!child?.(context, pair, { name, former: key })) syncPair(context, pair, before[key], after[name]!);
  }
  for (const index of removed) removePair(context, map, pairs.get(keysBefore[index]!)!);
  const anchors = new Map(kept.map(([a, b]) => [b, pairs.get(keysBefore[a]!)!]));
  for (const index of added) {
    const key = keysAfter[index]!;
    const hidden = pairs.get(key);
    if (hidden && !keysBefore.includes(key)) writeValue(context, hidden, after[key]!);
    else {
      const inline = inLines?.has(key) ? false : undefined;
      insertPair(context, map, { key, value: after[key]!, behind: nearestBefore(anchors, index), inline });
    }
  }
}

/** One thing under another name: the same value, or a node of the same type. */
function alike(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  if (isSame(before, after)) return true;
  return (
    isJsonObject(before) &&
    isJsonObject(after) &&
    typeof before["type"] === "string" &&
    before["type"] === after["type"]
  );
}

function nearestBefore<Item>(anchors: ReadonlyMap<number, Item>, index: number): Item | undefined {
  for (let at = index - 1; at >= 0; at--) if (anchors.has(at)) return anchors.get(at);
  return undefined;
}

function renameKeyText(context: SyncContext, pair: YamlPair, name: string): void {
  const [start, end] = (pair.key as Node).range!;
  context.splices.replace(start, end, renderKey(name, context.style));
}

/** The value of one pair in a block map. */
export function syncPair(context: SyncContext, pair: YamlPair, before: JsonValue | undefined, after: JsonValue): void {
  if (isSame(before, after) || context.inside(context, pair.value, { before, after })) return;
  writeValue(context, pair, after);
}

/** Writes a pair's value anew. A comment behind the key stays there. */
function writeValue(context: SyncContext, pair: YamlPair, value: JsonValue): void {
  const { text, style, splices } = context;
  const column = columnOf(text, (pair.key as Node).range![0]);
  const written = isScalar(pair.value) ? (pair.value.type as never) : undefined;
  const rendered = renderAfterKey(value, column, style, written);
  const colon = colonOf(text, pair) + 1;
  if (!isWritten(pair.value)) return insertValue(context, colon, rendered);
  const start = pair.value.range![0];
  const end = endOfNode(text, pair.value);
  const sameLine = lineEnd(text, colon) === lineEnd(text, end);
  if (!sameLine) splices.replace(colon, end, closed(text, end, rendered, style.eol));
  else if (!rendered.includes("\n")) splices.replace(start, end, rendered.trimStart());
  else {
    splices.remove(text.slice(colon, start).trim() === "" ? colon : start, end);
    insertValue(context, end, rendered);
  }
}

/** Puts a value where none was: its first line at once, the others below whatever stands on the line. */
function insertValue({ text, splices }: SyncContext, at: number, rendered: string): void {
  const broken = rendered.search(/\r?\n/);
  if (broken === -1) return splices.insert(at, rendered);
  splices.insert(at, rendered.slice(0, broken));
  splices.insert(lineEnd(text, at), rendered.slice(broken));
}

function removePair({ text, splices }: SyncContext, map: YAMLMap, pair: YamlPair): void {
  const start = startOf(pair.key);
  const end = nextLine(text, endOfPair(text, pair));
  if (isFirstOnLine(text, start)) return splices.remove(lineStart(text, start), end);
  const next = map.items[map.items.indexOf(pair) + 1];
  splices.remove(start, next ? startOf(next.key) : end);
}

interface NewPair {
  key: string;
  value: JsonValue;
  behind: YamlPair | undefined;
  /** Left out: as its neighbours are. */
  inline: boolean | undefined;
}

function insertPair(context: SyncContext, map: YAMLMap, { key, value, behind, inline: asked }: NewPair): void {
  const { text, style, splices } = context;
  const first = startOf(map.items[0]!.key);
  const column = columnOf(text, first);
  const pad = " ".repeat(column);
  const inline = typeof value === "object" && value !== null && (asked ?? writesInline(map));
  const rendered = inline
    ? `${renderKey(key, style)}: ${renderFlow(value, style)}`
    : renderPair(key, value, column, style);
  if (!behind) {
    const top = isFirstOnLine(text, first);
    splices.insert(
      top ? lineStart(text, first) : first,
      top ? `${pad}${rendered}${style.eol}` : `${rendered}${style.eol}${pad}`,
    );
  } else {
    const gap = isSpaced(text, map) ? style.eol : "";
    insertLine(context, endOfPair(text, behind), `${gap}${pad}${rendered}`);
  }
}

/** Whether the entries of a map stand in braces on their lines, so that a new one should too. */
function writesInline(map: YAMLMap): boolean {
  const collections = map.items.map((pair) => pair.value).filter((value) => isMap(value) || isSeq(value));
  return collections.length > 0 && collections.every((value) => value.flow);
}

/** Whether blank lines part the entries of a map. */
function isSpaced(text: string, map: YAMLMap): boolean {
  const last = map.items.at(-1)!;
  return map.items.length > 1 && /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, startOf(last.key)));
}

/** A line below the one on which something ends. */
function insertLine({ text, style, splices }: SyncContext, end: number, line: string): void {
  const at = nextLine(text, end);
  const open = at > 0 && text[at - 1] !== "\n";
  splices.insert(at, open ? `${style.eol}${line}` : `${line}${style.eol}`);
}

/** A block list; `items` are those of its entries that the values stand for. */
export function syncSeq(
  context: SyncContext,
  seq: YAMLSeq,
  items: readonly ListItem[],
  after: readonly JsonValue[],
): void {
  const { text, style, splices } = context;
  const names = (values: readonly JsonValue[]): string[] => values.map((value) => JSON.stringify(value));
  const { kept, removed, added } = align(names(items.map((item) => item.value)), names(after), () => true);
  for (const [a, b] of kept) {
    const [node, ...repeats] = items[a]!.nodes;
    syncNode(context, node!, { before: items[a]!.value, after: after[b]!, inFlow: false });
    if (!isSame(items[a]!.value, after[b])) for (const repeat of repeats) removeItem(context, repeat);
  }
  for (const index of removed) for (const node of items[index]!.nodes) removeItem(context, node);
  const anchors = new Map(kept.map(([a, b]) => [b, items[a]!.nodes[0]!]));
  const firstDash = dashOf(text, seq.items[0] as Node);
  const column = columnOf(text, firstDash);
  for (const index of added) {
    const line = renderItem(after[index]!, column, style);
    const behind = nearestBefore(anchors, index) ?? (kept.length === 0 ? (seq.items.at(-1) as Node) : undefined);
    if (behind) insertLine(context, endOfNode(text, behind), " ".repeat(column) + line);
    else if (isFirstOnLine(text, firstDash))
      splices.insert(lineStart(text, firstDash), `${" ".repeat(column)}${line}${style.eol}`);
    else splices.insert(firstDash, `${line}${style.eol}${" ".repeat(column)}`);
  }
}

const dashOf = (text: string, item: Node): number => text.lastIndexOf("-", item.range![0] - 1);

function removeItem({ text, splices }: SyncContext, item: Node): void {
  const dash = dashOf(text, item);
  splices.remove(isFirstOnLine(text, dash) ? lineStart(text, dash) : dash, nextLine(text, endOfNode(text, item)));
}

import { isScalar, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { JsonValue } from "../../lib/json.ts";
import { align } from "./align.ts";
import { renderFlow, renderKey, renderLayered } from "./render.ts";
import { definedKeys, isSame } from "./same.ts";
import { Splices } from "./splices.ts";
import { leadingSpace, startOf } from "./style.ts";
import {
  syncNode,
  type ListItem,
  type MapChange,
  type SyncChild,
  type SyncContext,
  type YamlPair,
} from "./sync-context.ts";
import { keyText, pairsOf } from "./yaml-json.ts";

/** A map in braces. While its keys stay, only values change in place; else its entries are put together anew from their own texts. */
export function syncFlowMap(context: SyncContext, map: YAMLMap, { before, after, child }: MapChange): void {
  const pairs = pairsOf(map);
  const keysBefore = definedKeys(before).filter((key) => pairs.has(key));
  const keysAfter = definedKeys(after).filter((key) => pairs.has(key) || !isSame(before[key], after[key]));
  const { kept, removed, added } = align(keysBefore, keysAfter, (a, b) =>
    isSame(before[keysBefore[a]!], after[keysAfter[b]!]),
  );
  const entries = kept.map(([a, b]) => ({
    at: b,
    key: keysBefore[a]!,
    name: keysAfter[b]!,
    pair: pairs.get(keysBefore[a]!)!,
  }));
  if (removed.length === 0 && added.length === 0) {
    for (const { key, name, pair } of entries)
      syncFlowPair(context, pair, { key, name, before: before[key], after: after[name]!, child });
    return;
  }
  const texts: string[] = [];
  for (const { at, key, name, pair } of entries) {
    texts[at] = patched(context, startOf(pair.key), endOfFlowPair(pair), (inner) =>
      syncFlowPair(inner, pair, { key, name, before: before[key], after: after[name]!, child }),
    );
  }
  const first = startOf(map.items[0]!.key);
  for (const at of added) {
    const key = keysAfter[at]!;
    texts[at] = `${renderKey(key, context.style)}: ${renderEntry(context, map, { first, value: after[key]! })}`;
  }
  const hidden = map.items.filter((pair) => !keysBefore.includes(keyText(pair)) && !keysAfter.includes(keyText(pair)));
  const kepts = hidden.map((pair) => context.text.slice(startOf(pair.key), endOfFlowPair(pair as YamlPair)));
  rebuild(context, map, {
    texts: [...texts, ...kepts],
    first,
    last: endOfFlowPair(map.items.at(-1) as YamlPair),
  });
}

/** A list in brackets. */
export function syncFlowSeq(
  context: SyncContext,
  seq: YAMLSeq,
  items: readonly ListItem[],
  after: readonly JsonValue[],
): void {
  const names = (values: readonly JsonValue[]): string[] => values.map((value) => JSON.stringify(value));
  const { kept, removed, added } = align(names(items.map((item) => item.value)), names(after), () => true);
  if (removed.length === 0 && added.length === 0) {
    for (const [a, b] of kept)
      syncNode(context, items[a]!.nodes[0]!, { before: items[a]!.value, after: after[b]!, inFlow: true });
    return;
  }
  const texts: string[] = [];
  for (const [a, b] of kept) {
    const node = items[a]!.nodes[0]!;
    texts[b] = patched(context, node.range![0], node.range![1], (inner) =>
      syncNode(inner, node, { before: items[a]!.value, after: after[b]!, inFlow: true }),
    );
  }
  const first = startOf(seq.items[0]);
  for (const at of added) texts[at] = renderEntry(context, seq, { first, value: after[at]! });
  const listed = new Set(items.flatMap((item) => item.nodes));
  const hidden = (seq.items as Node[])
    .filter((node) => !listed.has(node))
    .map((node) => context.text.slice(node.range![0], node.range![1]));
  rebuild(context, seq, {
    texts: [...texts, ...hidden],
    first,
    last: (seq.items.at(-1) as Node).range![1],
  });
}

interface PairChange {
  key: string;
  name: string;
  before: JsonValue | undefined;
  after: JsonValue;
  child: SyncChild | undefined;
}

function syncFlowPair(context: SyncContext, pair: YamlPair, { key, name, before, after, child }: PairChange): void {
  const [start, end] = (pair.key as Node).range!;
  if (key !== name) context.splices.replace(start, end, renderKey(name, context.style));
  if (isSame(before, after) || child?.(context, pair, { name, former: key })) return;
  const { value } = pair;
  if (value?.range && value.range[1] > value.range[0])
    syncNode(context, value, { before: before ?? null, after, inFlow: true });
  else context.splices.replace(end, endOfFlowPair(pair), `: ${renderFlow(after, context.style)}`);
}

function endOfFlowPair(pair: YamlPair): number {
  const keyEnd = (pair.key as Node).range![1];
  const value = pair.value;
  return isScalar(value) || value ? Math.max(keyEnd, value.range?.[1] ?? 0) : keyEnd;
}

/** The text of a part after changes inside it. */
function patched(context: SyncContext, start: number, end: number, change: (inner: SyncContext) => void): string {
  const splices = new Splices();
  change({ ...context, splices });
  return splices.apply(context.text, start, end);
}

/** Whether a collection in braces has its entries on lines of their own, and what stands before each. */
function layers(context: SyncContext, collection: Node, first: number): { layered: boolean; pad: string } {
  const layered = context.text.slice(collection.range![0], first).includes("\n");
  return { layered, pad: layered ? leadingSpace(context.text, first) : "" };
}

/** A new entry of a collection in braces. */
function renderEntry(context: SyncContext, collection: Node, entry: { first: number; value: JsonValue }): string {
  const { layered, pad } = layers(context, collection, entry.first);
  return layered ? renderLayered(entry.value, context.style, pad) : renderFlow(entry.value, context.style);
}

/** Writes a collection's entries anew, on one line or each on its own as they stood before. */
function rebuild(
  context: SyncContext,
  collection: Node,
  entries: { texts: string[]; first: number; last: number },
): void {
  const { layered, pad } = layers(context, collection, entries.first);
  const separator = layered ? `,${context.style.eol}${pad}` : ", ";
  context.splices.replace(entries.first, entries.last, entries.texts.join(separator));
}

import { Document, isMap, LineCounter, Pair, YAMLMap, type Node } from "yaml";
import { parseText, type TextDocument } from "./document.ts";
import { lineStart } from "./extent.ts";
import { keyText, pairOf } from "./yaml-json.ts";

type AnyPair = Pair<unknown, Node | null>;

/** One entry of a section of a file, read anew; all around it stayed. */
export interface Reparsed {
  document: TextDocument;
  section: string;
  key: string;
  /** The entry's value. Its offsets are those of the whole text. */
  value: Node | null;
  /** Lines (from 1) that the entry took before, and how many more it takes now. */
  lines: { first: number; last: number; more: number };
}

/** Sections whose entries stand for themselves. */
const SECTIONS = ["nodes", "layout"];
/** What could make an entry mean more than its own text: anchors, aliases, tags, and marks between documents. */
const SHARED = /(^|[\s[{,:-])[&*!][^\s&*!=]|^(---|\.\.\.)/m;

/**
 * Reads a text that differs from a document's in one entry of one section: only that entry is parsed. Undefined where that can't be told to
 * be the same as parsing the whole.
 */
export function reparse(before: TextDocument, text: string): Reparsed | undefined {
  if (!before.root || before.root.flow || before.problems.length > 0 || before.shares) return undefined;
  const change = changeBetween(before.text, text);
  const place = before.root && entryAround(before, before.root, change);
  if (!place) return undefined;
  const { start, end } = place;
  const delta = text.length - before.text.length;
  const chunk = text.slice(start, end + delta);
  if (SHARED.test(chunk)) return undefined;
  const { root, problems } = parseText(chunk);
  const [pair] = root?.items ?? [];
  if (!root || root.flow || problems.length > 0 || root.items.length !== 1 || !pair) return undefined;
  if (keyText(pair) !== keyText(place.pair) || startOf(pair) + start !== startOf(place.pair)) return undefined;
  const entry = movedPair(pair as AnyPair, start);
  const document = composed(before, { text, place, entry, delta });
  const lines = linesOf(before.text, { start, end }, chunk);
  return { document, section: place.section, key: keyText(pair), value: entry.value, lines };
}

interface Change {
  start: number;
  /** In the text before. */
  end: number;
}

function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end))
    end++;
  return { start, end: before.length - end };
}

interface Place {
  section: string;
  map: YAMLMap;
  pair: AnyPair;
  at: number;
  /** From the beginning of its first line to that of the next entry's. */
  start: number;
  end: number;
}

function entryAround({ text }: TextDocument, root: YAMLMap, change: Change): Place | undefined {
  for (const section of SECTIONS) {
    const holder = pairOf(root, section);
    const map = holder?.value;
    if (!holder || !isMap(map) || map.flow) continue;
    const pairs = map.items as AnyPair[];
    const next = root.items[root.items.indexOf(holder) + 1];
    const bounds = (at: number): number =>
      at < pairs.length ? lineStart(text, startOf(pairs[at]!)) : next ? lineStart(text, startOf(next)) : text.length;
    const at = lastBefore(pairs, change.start);
    if (at < 0) continue;
    const [start, end] = [bounds(at), bounds(at + 1)];
    if (change.start < start || change.end > end || (change.end === end && end === text.length)) continue;
    if (change.start === end) continue;
    return { section, map, pair: pairs[at]!, at, start, end };
  }
  return undefined;
}

/** The last entry that begins at or before an offset. */
function lastBefore(pairs: readonly AnyPair[], offset: number): number {
  let [low, high] = [0, pairs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startOf(pairs[middle]!) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A pair whose text moved: key and value are copied when somebody looks at them. */
interface MovedPair extends AnyPair {
  base: AnyPair;
  by: number;
}

const startOf = (pair: Pair<unknown, unknown>): number => {
  const { base, by } = pair as Partial<MovedPair>;
  const key = (base ?? pair).key as Node;
  return (key.range?.[0] ?? 0) + (by ?? 0);
};

/** `isPair` asks for a mark that pairs carry. */
const [MARK] = Object.getOwnPropertySymbols(new Pair(null)) as [symbol];
const MOVED = Object.create(Pair.prototype, {
  [MARK]: { value: (new Pair(null) as unknown as Record<symbol, unknown>)[MARK] },
  key: {
    get(this: MovedPair): Node {
      return settled(this, "key", moved(this.base.key as Node, this.by));
    },
  },
  value: {
    get(this: MovedPair): Node | null {
      return settled(this, "value", moved(this.base.value, this.by));
    },
  },
}) as AnyPair;

function settled<Value>(pair: MovedPair, name: "key" | "value", value: Value): Value {
  Object.defineProperty(pair, name, { value, enumerable: true });
  return value;
}

function movedPair(pair: AnyPair, by: number): AnyPair {
  const { base, by: former } = pair as Partial<MovedPair>;
  const together = by + (former ?? 0);
  const own = Object.assign(Object.create(MOVED) as object, { base: base ?? pair, by: together });
  return own as unknown as AnyPair;
}

function moved<Value extends Node | null>(node: Value, by: number): Value {
  if (!node || by === 0) return node;
  const copy = node.clone() as Node;
  shift(copy, by);
  return copy as Value;
}

function shift(node: unknown, by: number): void {
  if (node === null || typeof node !== "object") return;
  const { range, items, key, value } = node as { range?: number[]; items?: unknown[]; key?: unknown; value?: unknown };
  if (range) (node as { range: number[] }).range = range.map((offset) => offset + by);
  if (Array.isArray(items)) for (const item of items) shift(item, by);
  else if (node instanceof Pair) {
    shift(key, by);
    shift(value, by);
  }
}

interface Composition {
  text: string;
  place: Place;
  entry: AnyPair;
  delta: number;
}

/** The document with one entry put in: what stands before it is shared, what stands behind it is moved. */
function composed(before: TextDocument, { text, place, entry, delta }: Composition): TextDocument {
  const root = before.root!;
  const holder = root.items.findIndex((pair) => keyText(pair) === place.section);
  const behind = (pair: unknown): AnyPair => (delta === 0 ? (pair as AnyPair) : movedPair(pair as AnyPair, delta));
  const { items } = place.map;
  const map = likeMap(place.map, [...items.slice(0, place.at), entry, ...items.slice(place.at + 1).map(behind)], delta);
  const section = new Pair(root.items[holder]!.key, map) as unknown as AnyPair;
  const whole = [...root.items.slice(0, holder), section, ...root.items.slice(holder + 1).map(behind)];
  const yaml = new Document<Node>();
  const top = likeMap(root, whole, delta);
  yaml.contents = top as never;
  return { text, yaml, root: top, lines: linesIn(text), problems: [], shares: false };
}

function likeMap(map: YAMLMap, items: readonly unknown[], delta: number): YAMLMap {
  const copy = new YAMLMap();
  copy.items = items as never;
  if (map.range) copy.range = [map.range[0], map.range[1] + delta, map.range[2] + delta];
  return copy;
}

/** Where the lines of a text begin. */
function linesIn(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return lines;
}

function linesOf(text: string, { start, end }: { start: number; end: number }, chunk: string): Reparsed["lines"] {
  const count = (part: string): number => part.split("\n").length - 1;
  const first = count(text.slice(0, start)) + 1;
  const took = count(text.slice(start, end));
  return { first, last: first + took - 1, more: count(chunk) - took };
}

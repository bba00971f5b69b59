import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from "yaml";
import type { JsonObject, JsonValue } from "../../lib/json.ts";

/** The key of a pair as text: `1: x` has the key `1`. */
export function keyText(pair: Pair<unknown, unknown>): string {
  const key = isScalar(pair.key) ? pair.key.value : pair.key;
  return key === null || key === undefined ? "" : String(key);
}

type AnyPair = Pair<unknown, Node | null>;

/** Parsed maps are never changed, so each is indexed at most once. */
const indexes = new WeakMap<YAMLMap, Map<string, AnyPair>>();

/** The pairs of a map by key; of a repeated key the first. */
export function pairsOf(map: YAMLMap): ReadonlyMap<string, AnyPair> {
  const known = indexes.get(map);
  if (known) return known;
  const pairs = new Map<string, AnyPair>();
  for (const pair of map.items) if (!pairs.has(keyText(pair))) pairs.set(keyText(pair), pair as AnyPair);
  indexes.set(map, pairs);
  return pairs;
}

export const pairOf = (map: YAMLMap, key: string): AnyPair | undefined => pairsOf(map).get(key);

/** How many values may come from aliases in one file: aliases of aliases could otherwise grow without bounds. */
const MAX_ALIASED = 20_000;
const MAX_ALIAS_DEPTH = 32;

/** Reads values of one document; together they may follow aliases only so far. */
export class JsonReader {
  /** Set when aliases meant more than may be followed: what lies beyond counts as null. */
  exhausted = false;
  private readonly document: Document;
  private aliased = 0;

  constructor(document: Document) {
    this.document = document;
  }

  /**
   * A YAML node as the JSON value it means. Repeated keys count once (the first), aliases are followed, and what JSON can't hold
   * (`.nan`, `.inf`) becomes null.
   */
  read(node: unknown, aliasDepth = 0): JsonValue {
    if (aliasDepth > MAX_ALIAS_DEPTH || (aliasDepth > 0 && ++this.aliased > MAX_ALIASED)) {
      this.exhausted = true;
      return null;
    }
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      return target ? this.read(target, aliasDepth + 1) : null;
    }
    if (isMap(node)) return this.readMap(node, aliasDepth);
    if (isSeq(node)) return node.items.map((item) => this.read(item, aliasDepth));
    return isScalar(node) ? scalarToJson(node.value) : null;
  }

  private readMap(map: YAMLMap, aliasDepth: number): JsonObject {
    const object: JsonObject = {};
    for (const pair of map.items) {
      const key = keyText(pair);
      if (key === "__proto__" || Object.hasOwn(object, key)) continue;
      object[key] = this.read(pair.value, aliasDepth);
    }
    return object;
  }
}

function scalarToJson(value: unknown): JsonValue {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

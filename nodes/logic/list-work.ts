import { shown } from "../../engine/expr/index.ts";
import { canonicalJson } from "../../engine/lib/canonical-json.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import { parseTotal, type ListConfig } from "./list-config.ts";
import { compares, order, totalOf, valueIn } from "./list-entries.ts";

/** All that a list step does, in its fixed order. @throws HeddleError `list.*` */
export function workOnList(config: ListConfig): JsonObject {
  let entries = listOf(config.items);
  const { flatten, where, unique, sort, group, pluck, chunk } = config;
  if (isSet(flatten)) entries = entries.flatMap((entry) => partsOf(valueIn(entry, flatten)));
  if (where) entries = entries.filter((entry) => compares(valueIn(entry, where.field), where.is, where.value ?? null));
  if (isSet(unique)) entries = uniqueBy(entries, unique);
  if (sort) entries = sorted(entries, sort);
  entries = slice(entries, config);
  const kept = (list: readonly JsonValue[]): JsonValue[] =>
    isSet(pluck) ? list.map((entry) => valueIn(entry, pluck)) : [...list];
  const items = isSet(group)
    ? groups(entries, group).map(([key, list]) => ({
        key,
        count: list.length,
        items: kept(list),
        totals: totals(list, config),
      }))
    : kept(entries);
  const portions = chunk === undefined ? items : inPortions(items, chunk);
  return { items: portions, count: portions.length, totals: totals(entries, config) };
}

const isSet = (path: string | undefined): path is string => path !== undefined && path !== "";

function listOf(value: JsonValue): JsonValue[] {
  if (Array.isArray(value)) return value;
  if (value === null) return [];
  throw new HeddleError("list.not-a-list", { value: shown(value) });
}

const partsOf = (value: JsonValue): JsonValue[] => (Array.isArray(value) ? value : value === null ? [] : [value]);

function uniqueBy(entries: readonly JsonValue[], path: string): JsonValue[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const value = canonicalJson(valueIn(entry, path));
    return !seen.has(value) && seen.add(value);
  });
}

function sorted(entries: readonly JsonValue[], { by, order: way }: NonNullable<ListConfig["sort"]>): JsonValue[] {
  const sign = way === "descending" ? -1 : 1;
  const keyed = entries.map((entry) => ({ entry, value: valueIn(entry, by) }));
  const compare = (a: JsonValue, b: JsonValue) => (a === null || b === null ? order(a, b) : sign * order(a, b));
  return keyed.toSorted((a, b) => compare(a.value, b.value)).map(({ entry }) => entry);
}

function slice(entries: JsonValue[], { skip, take }: ListConfig): JsonValue[] {
  const from = countOf(skip) ?? 0;
  const most = countOf(take);
  return from === 0 && most === undefined ? entries : entries.slice(from, most === undefined ? undefined : from + most);
}

function countOf(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "number" && value >= 0) return Math.floor(value);
  throw new HeddleError("list.bad-count", { value: shown(value) });
}

function groups(entries: readonly JsonValue[], path: string): [JsonValue, JsonValue[]][] {
  const found = new Map<string, [JsonValue, JsonValue[]]>();
  for (const entry of entries) {
    const key = valueIn(entry, path);
    const text = canonicalJson(key);
    const group = found.get(text);
    if (group) group[1].push(entry);
    else found.set(text, [key, [entry]]);
  }
  return [...found.values()];
}

function totals(entries: readonly JsonValue[], config: ListConfig): JsonObject {
  const all = Object.entries(config.totals).map(([name, text]) => [name, totalOf(entries, parseTotal(text)!)]);
  return Object.fromEntries(all) as JsonObject;
}

function inPortions(items: readonly JsonValue[], size: number): JsonValue[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

import type { JsonValue } from "../lib/json.ts";
import type { ExprFunction } from "./functions.ts";
import { isEqual } from "./values.ts";

const list = (value: JsonValue): JsonValue[] => value as JsonValue[];

/** The most entries that a list made by `range` has: enough for pages and months, too few to fill the memory. */
const LONGEST_RANGE = 100_000;

/** Numbers by size, texts by their characters; undefined for a list that mixes kinds or holds others. */
function sorted(items: JsonValue[]): JsonValue[] | undefined {
  const kind = typeof items[0];
  if (items.length > 0 && kind !== "number" && kind !== "string") return undefined;
  if (items.some((item) => typeof item !== kind)) return undefined;
  return items.toSorted((a, b) => (a! < b! ? -1 : a! > b! ? 1 : 0));
}

function unique(items: JsonValue[]): JsonValue[] {
  const plain = new Set<JsonValue>();
  const others: JsonValue[] = [];
  return items.filter((item) => {
    if (typeof item !== "object" || item === null) {
      if (plain.has(item)) return false;
      plain.add(item);
      return true;
    }
    if (others.some((known) => isEqual(known, item))) return false;
    others.push(item);
    return true;
  });
}

function range(from: number, to: number): number[] | undefined {
  const [first, end] = [Math.trunc(from), Math.trunc(to)];
  if (end - first > LONGEST_RANGE) return undefined;
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

function slice(value: JsonValue, from: number, to: number | undefined): JsonValue {
  if (Array.isArray(value)) return value.slice(from, to);
  const characters = [...(value as string)];
  return characters.slice(from, to).join("");
}

const onList = (run: (items: JsonValue[]) => JsonValue | undefined): ExprFunction => ({
  parameters: ["list"],
  returns: "any",
  run: (items) => run(list(items!)),
});

/** Functions of lists. What they give has the kind of entries that the list has; see `listResult`. */
export const LIST_FUNCTIONS: Readonly<Record<string, ExprFunction>> = {
  sort: onList(sorted),
  reverse: onList((items) => items.toReversed()),
  unique: onList(unique),
  flatten: onList((items) => items.flat()),
  first: onList((items) => items[0] ?? null),
  last: onList((items) => items.at(-1) ?? null),
  range: {
    parameters: ["number", "number"],
    optional: 1,
    returns: "any",
    run: (from, to) => (to === undefined ? range(0, from as number) : range(from as number, to as number)),
  },
  slice: {
    parameters: ["text-or-list", "number", "number"],
    optional: 1,
    returns: "any",
    run: (value, from, to) => slice(value!, from as number, to as number | undefined),
  },
  average: {
    parameters: ["list"],
    returns: "any",
    run(items) {
      const numbers = list(items!);
      if (numbers.some((item) => typeof item !== "number")) return undefined;
      return numbers.length === 0 ? null : (numbers as number[]).reduce((a, b) => a + b, 0) / numbers.length;
    },
  },
  values: { parameters: ["map"], returns: "list", run: (value) => Object.values(value as Record<string, JsonValue>) },
};

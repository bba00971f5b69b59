import { isEqual, shown } from "../../engine/expr/index.ts";
import { canonicalJson } from "../../engine/lib/canonical-json.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonValue } from "../../engine/lib/json.ts";
import type { Comparison, Total } from "./list-config.ts";

/** What an entry holds at a path like `customer.name`: itself for an empty one, null where there is nothing. */
export function valueIn(entry: JsonValue, path: string): JsonValue {
  if (path === "" || path === ".") return entry;
  let value: JsonValue = entry;
  for (const name of path.split(".")) {
    if (Array.isArray(value) && /^\d+$/.test(name)) value = value[Number(name)] ?? null;
    else value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name]! : null;
  }
  return value;
}

const isEmpty = (value: JsonValue): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Whether a value compares so with another. Values of different kinds are neither greater nor less. */
export function compares(value: JsonValue, is: Comparison, other: JsonValue): boolean {
  switch (is) {
    case "equals":
      return isEqual(value, other);
    case "not-equals":
      return !isEqual(value, other);
    case "greater":
      return isOrdered(value, other) && order(value, other) > 0;
    case "at-least":
      return isOrdered(value, other) && order(value, other) >= 0;
    case "less":
      return isOrdered(value, other) && order(value, other) < 0;
    case "at-most":
      return isOrdered(value, other) && order(value, other) <= 0;
    case "contains":
      return Array.isArray(value)
        ? value.some((one) => isEqual(one, other))
        : texts(value, other, (a, b) => a.includes(b));
    case "starts-with":
      return texts(value, other, (a, b) => a.startsWith(b));
    case "ends-with":
      return texts(value, other, (a, b) => a.endsWith(b));
    case "one-of":
      return Array.isArray(other) && other.some((one) => isEqual(value, one));
    case "empty":
      return isEmpty(value);
    case "not-empty":
      return !isEmpty(value);
  }
}

const texts = (a: JsonValue, b: JsonValue, test: (a: string, b: string) => boolean): boolean =>
  typeof a === "string" && typeof b === "string" && test(a.toLowerCase(), b.toLowerCase());

const isOrdered = (a: JsonValue, b: JsonValue): boolean =>
  typeof a === typeof b && (typeof a === "number" || typeof a === "string");

// One collation everywhere, so that a list has the same order on every machine.
const COLLATOR = new Intl.Collator("en", { numeric: true });
const KINDS = ["boolean", "number", "string", "object"];

/** The order of two values for sorting: numbers by size, texts as in a dictionary, empty ones last. */
export function order(a: JsonValue, b: JsonValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a !== typeof b) return KINDS.indexOf(typeof a) - KINDS.indexOf(typeof b);
  if (typeof a === "string") return COLLATOR.compare(a, b as string);
  if (typeof a === "object") return COLLATOR.compare(canonicalJson(a), canonicalJson(b));
  return Number(a) - Number(b);
}

/** A total over entries; null where there is nothing to work it out from. @throws HeddleError `list.not-a-number` */
export function totalOf(entries: readonly JsonValue[], { how, of }: Total): JsonValue {
  if (how === "count") return entries.length;
  const values = entries.map((entry) => valueIn(entry, of));
  const numbers = values.flatMap((value, index) => numberAt(value, { index, of, how }));
  if (how === "sum") return sum(numbers);
  if (how === "avg") return numbers.length === 0 ? null : sum(numbers) / numbers.length;
  const sorted = values.filter((value) => value !== null).toSorted(order);
  return (how === "min" ? sorted[0] : sorted.at(-1)) ?? null;
}

/** Empty values don't count. Smallest and greatest there are of texts too. */
function numberAt(value: JsonValue, { index, of, how }: Total & { index: number }): number[] {
  if (typeof value === "number") return [value];
  if (value === null || how === "min" || how === "max") return [];
  throw new HeddleError("list.not-a-number", { field: of === "" ? "item" : of, value: shown(value), entry: index + 1 });
}

/** Exact for the cents of amounts: the error of each addition is carried along (Neumaier). */
function sum(numbers: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = total + number;
    lost += Math.abs(total) >= Math.abs(number) ? total - next + number : number - next + total;
    total = next;
  }
  return total + lost;
}

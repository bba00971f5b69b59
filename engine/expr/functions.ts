import { isJsonObject, type JsonValue } from "../lib/json.ts";
import { addTime, formatDate, timeBetween } from "./dates.ts";
import { LIST_FUNCTIONS } from "./list-functions.ts";
import { safePattern } from "./patterns.ts";
import { isEqual, toText, typeName, type TypeName } from "./values.ts";

/** What a parameter takes. `any` includes null. */
export type ParameterType = TypeName | "any" | "text-or-list" | "text-or-number";

/**
 * A function of the expression language. The first parameter may also stand before the name: `trim(x)` and `x.trim()` are the same.
 * `run` returns undefined for arguments it can't work with; the caller then names the function and the argument in its error.
 */
export interface ExprFunction {
  parameters: readonly ParameterType[];
  /** How many of the parameters may be left out, counted from the last. */
  optional?: number;
  returns: TypeName | "any" | "same";
  run(...args: JsonValue[]): JsonValue | undefined;
}

const text = (value: JsonValue): string => value as string;
const list = (value: JsonValue): JsonValue[] => value as JsonValue[];
const numbers = (value: JsonValue): number[] | undefined =>
  list(value).every((item) => typeof item === "number") ? (value as number[]) : undefined;

const onText = (run: (value: string) => JsonValue, returns: TypeName): ExprFunction => ({
  parameters: ["string"],
  returns,
  run: (value) => run(text(value!)),
});
const onTexts = (run: (value: string, other: string) => JsonValue, returns: TypeName): ExprFunction => ({
  parameters: ["string", "string"],
  returns,
  run: (value, other) => run(text(value!), text(other!)),
});
const onNumber = (run: (value: number) => number): ExprFunction => ({
  parameters: ["number"],
  returns: "number",
  run: (value) => run(value as number),
});

function toNumber(value: JsonValue): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string" || !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value)) return undefined;
  return Number(value);
}

function toBool(value: JsonValue): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  if (["true", "TRUE", "True", "t", "1"].includes(value)) return true;
  return ["false", "FALSE", "False", "f", "0"].includes(value) ? false : undefined;
}

/** Half away from zero, as people round; `1.005` to two digits is `1.01`. */
function round(value: number, digits: number): number {
  const shifted = Number(`${Math.abs(value)}e${digits}`);
  if (!Number.isFinite(shifted)) return value;
  const rounded = Number(`${Math.round(shifted)}e${-digits}`);
  return value < 0 ? 0 - rounded : rounded;
}

/** A number with so many digits behind the point, and a mark between thousands. */
function formatNumber(
  value: number,
  digits: number,
  [thousands, point]: readonly [string, string],
): string | undefined {
  if (!Number.isInteger(digits) || digits < 0 || digits > 20) return undefined;
  const [whole, part] = Math.abs(round(value, digits)).toFixed(digits).split(".") as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, () => thousands);
  const sign = round(value, digits) < 0 ? "-" : "";
  return part === undefined ? sign + grouped : `${sign}${grouped}${point}${part}`;
}

function sizeOf(value: JsonValue): number | undefined {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : undefined;
}

function contains(value: JsonValue, part: JsonValue): boolean | undefined {
  if (Array.isArray(value)) return value.some((item) => isEqual(item, part));
  return typeof value === "string" && typeof part === "string" ? value.includes(part) : undefined;
}

const matches = (value: string, pattern: string): boolean | undefined => safePattern(pattern)?.test(value);

function parseJson(value: string): JsonValue | undefined {
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return undefined;
  }
}

function substring(value: string, from: JsonValue, to: JsonValue | undefined): string {
  const characters = [...value];
  return characters.slice(from as number, (to ?? characters.length) as number).join("");
}

const conversion = (returns: TypeName, run: (value: JsonValue) => JsonValue | undefined): ExprFunction => ({
  parameters: ["any"],
  returns,
  run: (value) => run(value!),
});
const truncated = (value: JsonValue): number | undefined => {
  const number = toNumber(value);
  return number === undefined ? undefined : Math.trunc(number);
};
const smallest = (pick: (...values: number[]) => number): ExprFunction => ({
  parameters: ["any", "number", "number", "number", "number", "number"],
  optional: 5,
  returns: "number",
  run: (...args) => {
    const values = args.length === 1 && Array.isArray(args[0]) ? numbers(args[0]) : numbers(args);
    return values === undefined || values.length === 0 ? undefined : pick(...values);
  },
});

/** Every function of the language by name. A table: what isn't here doesn't exist. */
export const FUNCTIONS: Readonly<Record<string, ExprFunction>> = Object.assign(Object.create(null) as object, {
  size: { parameters: ["any"], returns: "number", run: (value: JsonValue) => sizeOf(value) },
  contains: { parameters: ["text-or-list", "any"], returns: "bool", run: contains },
  startsWith: onTexts((value, part) => value.startsWith(part), "bool"),
  endsWith: onTexts((value, part) => value.endsWith(part), "bool"),
  matches: {
    ...onTexts(() => false, "bool"),
    run: (value: JsonValue, pattern: JsonValue) => matches(text(value), text(pattern)),
  },
  trim: onText((value) => value.trim(), "string"),
  lower: onText((value) => value.toLowerCase(), "string"),
  upper: onText((value) => value.toUpperCase(), "string"),
  lowerAscii: onText((value) => value.replace(/[A-Z]+/g, (part) => part.toLowerCase()), "string"),
  upperAscii: onText((value) => value.replace(/[a-z]+/g, (part) => part.toUpperCase()), "string"),
  split: onTexts((value, separator) => value.split(separator), "list"),
  join: {
    parameters: ["list", "string"],
    optional: 1,
    returns: "string",
    run: (items: JsonValue, separator?: JsonValue) =>
      list(items)
        .map(toText)
        .join(text(separator ?? "")),
  },
  replace: {
    parameters: ["string", "string", "string"],
    returns: "string",
    run: (value: JsonValue, part: JsonValue, by: JsonValue) => text(value).replaceAll(text(part), () => text(by)),
  },
  substring: {
    parameters: ["string", "number", "number"],
    optional: 1,
    returns: "string",
    run: (value: JsonValue, from: JsonValue, to?: JsonValue) => substring(text(value), from, to),
  },
  indexOf: onTexts((value, part) => {
    const at = value.indexOf(part);
    return at === -1 ? -1 : Array.from(value.slice(0, at)).length;
  }, "number"),
  default: { parameters: ["any", "any"], returns: "same", run: (value: JsonValue, other: JsonValue) => value ?? other },
  json: conversion("string", (value) => JSON.stringify(value)),
  parseJson: { ...onText(() => null, "string"), returns: "any", run: (value: JsonValue) => parseJson(text(value)) },
  string: conversion("string", toText),
  number: conversion("number", toNumber),
  double: conversion("number", toNumber),
  int: conversion("number", truncated),
  uint: conversion("number", (value) => {
    const number = truncated(value);
    return number !== undefined && number >= 0 ? number : undefined;
  }),
  dyn: { parameters: ["any"], returns: "any", run: (value: JsonValue) => value },
  bool: conversion("bool", toBool),
  type: conversion("string", typeName),
  round: {
    parameters: ["number", "number"],
    optional: 1,
    returns: "number",
    run: (value: JsonValue, digits?: JsonValue) => round(value as number, Math.trunc((digits ?? 0) as number)),
  },
  floor: onNumber(Math.floor),
  ceil: onNumber(Math.ceil),
  abs: onNumber(Math.abs),
  min: smallest(Math.min),
  max: smallest(Math.max),
  sum: {
    parameters: ["list"],
    returns: "number",
    run: (items: JsonValue) => numbers(items)?.reduce((a, b) => a + b, 0),
  },
  ...LIST_FUNCTIONS,
  keys: { parameters: ["map"], returns: "list", run: (value: JsonValue) => Object.keys(value as object) },
  formatDate: {
    parameters: ["text-or-number", "string"],
    returns: "string",
    run: (value: JsonValue, pattern: JsonValue) => formatDate(value as string | number, text(pattern)),
  },
  addTime: {
    parameters: ["text-or-number", "number", "string"],
    returns: "any",
    run: (value: JsonValue, amount: JsonValue, unit: JsonValue) =>
      addTime(value as string | number, amount as number, text(unit)),
  },
  timeBetween: {
    parameters: ["text-or-number", "text-or-number", "string"],
    returns: "number",
    run: (from: JsonValue, to: JsonValue, unit: JsonValue) =>
      timeBetween(from as string | number, to as string | number, text(unit)),
  },
  formatNumber: {
    parameters: ["number", "number", "string", "string"],
    optional: 3,
    returns: "string",
    run: (value: JsonValue, digits?: JsonValue, thousands?: JsonValue, point?: JsonValue) =>
      formatNumber(value as number, (digits ?? 0) as number, [text(thousands ?? ","), text(point ?? ".")]),
  },
} satisfies Record<string, ExprFunction>);

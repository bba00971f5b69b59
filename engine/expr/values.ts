import { canonicalJson } from "../lib/canonical-json.ts";
import { isJsonObject, type JsonValue } from "../lib/json.ts";

/** How a value shows inside a text: nothing for null, numbers and booleans as written, lists and objects as JSON. */
export function toText(value: JsonValue): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Equality of JSON values by content. A number never equals a text. */
export function isEqual(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  return canonicalJson(a) === canonicalJson(b);
}

export type TypeName = "null" | "bool" | "number" | "string" | "list" | "map";

export function typeName(value: JsonValue): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (isJsonObject(value)) return "map";
  return typeof value === "boolean" ? "bool" : (typeof value as "number" | "string");
}

/** A short form of a value for an error sentence. */
export function shown(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

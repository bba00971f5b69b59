import type { JsonValue } from "./json.ts";

/**
 * One text for one value: keys sorted by code unit, no white space, numbers as ECMAScript prints them (RFC 8785, JCS).
 * What the bundle hashes. `undefined` properties are left out, as JSON.stringify does.
 * @throws {TypeError} for values JSON can't hold (NaN, Infinity, functions).
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`a ${typeof value} has no JSON form`);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`);
  return `{${members.join(",")}}`;
}

import { itemOf, shown, typeNames, unionOf, withoutNull } from "../../engine/expr/index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";

/**
 * What the rounds are for: the entries of a list, those of an object as `{ key, value }`, the numbers from 0 below a number, nothing for null.
 * @throws HeddleError `each.not-a-list`, `each.too-many`
 */
export function itemsOf(value: JsonValue, limit: number): JsonValue[] {
  const count = countOf(value);
  if (count === undefined) throw new HeddleError("each.not-a-list", { value: shown(value) });
  if (count > limit) throw new HeddleError("each.too-many", { count, limit });
  if (Array.isArray(value)) return value;
  if (isJsonObject(value)) return Object.entries(value).map(([key, inner]) => ({ key, value: inner }));
  return Array.from({ length: count }, (_, index) => index);
}

function countOf(value: JsonValue): number | undefined {
  if (value === null) return 0;
  if (Array.isArray(value)) return value.length;
  if (isJsonObject(value)) return Object.keys(value).length;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** The schema of one item, from what is known of the value that they come from. */
export function itemSchema(value: JsonSchema): JsonSchema {
  const known = withoutNull(value);
  const types = typeNames(known);
  if (!types) return {};
  const kinds: JsonSchema[] = [];
  if (types.has("list")) kinds.push(itemOf(known));
  if (types.has("map")) kinds.push(entrySchema(known));
  if (types.has("number")) kinds.push({ type: "integer" });
  return kinds.length === 0 ? {} : unionOf(kinds);
}

function entrySchema({ properties, additionalProperties }: JsonSchema): JsonSchema {
  const values = Object.values(properties ?? {});
  const others = additionalProperties === false ? [] : [isJsonObject(additionalProperties) ? additionalProperties : {}];
  const all = [...values, ...(others as JsonSchema[])];
  const value = all.length === 0 || all.some((schema) => !typeNames(schema)) ? {} : unionOf(all);
  return {
    type: "object",
    properties: { key: { type: "string" }, value },
    required: ["key", "value"],
    additionalProperties: false,
  };
}

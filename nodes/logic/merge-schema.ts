import { itemOf, typeNames, unionOf, withoutNull } from "../../engine/expr/index.ts";
import type { Inference } from "../../engine/flow/node-types.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";

/** What a merge gives, from what is known of its values. */
export function mergedSchema(
  { values, how }: { values: JsonValue; how: "first" | "combine" | "concatenate" },
  inference: Inference,
): JsonSchema {
  const schemas = Array.isArray(values)
    ? values.map((_, index) => inference.valueAt(["values", index]))
    : [inference.valueAt(["values"])];
  switch (how) {
    case "first":
      return firstOf(schemas);
    case "combine":
      return combined(schemas.map(withoutNull));
    case "concatenate":
      return { type: "array", items: anyOf(schemas.map(withoutNull).map(entryOf)) };
  }
}

const isAny = (schema: JsonSchema): boolean => typeNames(schema) === undefined;

function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  return schemas.length === 0 || schemas.some(isAny) ? {} : unionOf(schemas);
}

/** Never empty where one of them never is; a branch's result may always be missing, so only a plain value is that sure. */
function firstOf(schemas: readonly JsonSchema[]): JsonSchema {
  if (schemas.length === 0) return { type: "null" };
  const value = anyOf(schemas.map(withoutNull));
  return isAny(value) || schemas.some((schema) => "const" in schema && schema.const !== null)
    ? value
    : unionOf([value, { type: "null" }]);
}

const entryOf = (schema: JsonSchema): JsonSchema =>
  isAny(schema) ? {} : typeNames(schema)!.has("list") ? itemOf(schema) : schema;

function combined(schemas: readonly JsonSchema[]): JsonSchema {
  if (!schemas.every(({ properties }) => properties)) return { type: "object" };
  const names = new Set(schemas.flatMap(({ properties }) => Object.keys(properties!)));
  const fields = [...names].map((name): [string, JsonSchema] => {
    const found = schemas.flatMap(({ properties }) => (properties![name] ? [properties![name]] : []));
    return [name, anyOf(found)];
  });
  return { type: "object", properties: Object.fromEntries(fields), additionalProperties: true };
}

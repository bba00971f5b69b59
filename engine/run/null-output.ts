import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";

/**
 * What `{{ key }}` holds when its step was skipped: an object whose known properties are null, so that a reference to one of them is
 * empty instead of an error. Not an object by its schema: null.
 */
export function nullOutput(schema: JsonSchema): JsonValue {
  if (schema.type !== "object" && schema.properties === undefined) return null;
  const output: JsonObject = {};
  for (const name of Object.keys(schema.properties ?? {})) output[name] = null;
  return output;
}

/** What `{{ key }}` holds when its step failed and left by its error port: the null output with the error added. */
export function errorOutput(empty: JsonValue, error: JsonObject): JsonValue {
  return { ...(isJsonObject(empty) ? empty : {}), error };
}

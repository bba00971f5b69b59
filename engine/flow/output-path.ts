import { fieldOf } from "../expr/index.ts";
import type { JsonSchema } from "../lib/json.ts";

/** The schema of what a path leads to; anything where that isn't known. */
export function schemaAt(schema: JsonSchema, path: readonly (string | number)[]): JsonSchema {
  let current = schema;
  for (const step of path) {
    const found = typeof step === "string" ? fieldOf(current, step) : { schema: current.items ?? {} };
    current = "schema" in found ? found.schema : {};
  }
  return current;
}

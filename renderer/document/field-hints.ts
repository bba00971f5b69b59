import type { JsonSchema } from "../../engine/lib/json.ts";
import type { FieldHints } from "../../engine/node/fields.ts";

/** The studio's hints of a field's schema; also where the field may be left out (`anyOf` with null). */
export function fieldHints(schema: JsonSchema): FieldHints {
  const own = schema["heddle"];
  return typeof own === "object" && own !== null ? (own as FieldHints) : {};
}

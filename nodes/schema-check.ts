import { z } from "zod";
import type { JsonSchema, JsonValue } from "../engine/lib/json.ts";

/** In words, how a value differs from a JSON Schema; undefined when it fits. */
export function mismatch(schema: JsonSchema, value: JsonValue): string | undefined {
  const checked = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
  const [first] = checked.error?.issues ?? [];
  if (!first) return undefined;
  return first.path.length > 0 ? `${first.path.join(".")}: ${first.message}` : first.message;
}

import { z } from "zod";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../lib/json.ts";

/**
 * The JSON that a model wrote, checked against the schema that was asked for: grammars loosen what they don't know.
 * @throws HeddleError `model.output-invalid`
 */
export function parseTyped(model: string, text: string, schema: JsonSchema): JsonValue {
  const value = parseJson(model, text);
  const checked = compile(schema).safeParse(value);
  if (checked.success) return value;
  throw new HeddleError("model.output-invalid", { model, detail: describe(checked.error) });
}

function parseJson(model: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new HeddleError("model.output-invalid", { model, detail: "it is not JSON" }, { cause });
  }
}

const compiled = new WeakMap<JsonSchema, z.ZodType>();

/** @throws HeddleError `model.bad-request` when the schema itself is wrong */
function compile(schema: JsonSchema): z.ZodType {
  const known = compiled.get(schema);
  if (known) return known;
  try {
    const type = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    compiled.set(schema, type);
    return type;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new HeddleError("model.bad-request", { detail: `its JSON Schema can’t be used (${detail})` }, { cause });
  }
}

function describe(error: z.ZodError): string {
  const [first] = error.issues;
  if (!first) return error.message;
  const where = first.path.length > 0 ? `${first.path.join(".")}: ` : "";
  return `${where}${first.message}`;
}

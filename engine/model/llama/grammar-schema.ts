import type { GbnfJsonSchema } from "node-llama-cpp";
import { isJsonObject, type JsonSchema } from "../../lib/json.ts";

/**
 * A JSON Schema in the words that node-llama-cpp's grammars know: `anyOf` becomes `oneOf`, references are written out, a lone
 * `allOf` member takes the place of its parent, keywords without a grammar are left out. What is lost here is checked on the
 * parsed answer (schema-check.ts).
 */
export function toGrammarSchema(schema: JsonSchema): GbnfJsonSchema {
  return convert(schema, { root: schema, depth: 0 }) as GbnfJsonSchema;
}

/** Where references point to, and how deep they led: a schema that contains itself is cut off as "any JSON". */
interface Place {
  root: JsonSchema;
  depth: number;
}

const MAX_REFERENCE_DEPTH = 8;
const ANY_JSON = {};
const KEPT = [
  "type",
  "description",
  "enum",
  "const",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
];
const FORMATS = new Set<unknown>(["date", "time", "date-time"]);

function convert(schema: JsonSchema | boolean, place: Place): Record<string, unknown> {
  if (typeof schema === "boolean") return ANY_JSON;
  if (typeof schema.$ref === "string") return followReference(schema.$ref, place);
  if (schema.allOf?.length === 1) return convert({ ...schema, ...schema.allOf[0], allOf: undefined }, place);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return { oneOf: choices.map((choice) => convert(choice, place)) };
  const kept: Record<string, unknown> = Object.fromEntries(
    KEPT.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]),
  );
  if (FORMATS.has(schema.format)) kept.format = schema.format;
  if (schema.properties || schema.type === "object") Object.assign(kept, objectParts(schema, place));
  if (schema.items) kept.items = convert(schema.items, place);
  return kept;
}

function objectParts(schema: JsonSchema, place: Place): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(([name, member]) => [name, convert(member, place)]);
  const extra = schema.additionalProperties ?? properties.length === 0;
  return {
    type: "object",
    properties: Object.fromEntries(properties) as Record<string, unknown>,
    // Grammars allow no other properties unless told to, and every word about it would be read by the model as well.
    ...(extra !== false && { additionalProperties: extra === true ? true : convert(extra, place) }),
  };
}

function followReference(reference: string, { root, depth }: Place): Record<string, unknown> {
  if (!reference.startsWith("#") || depth >= MAX_REFERENCE_DEPTH) return ANY_JSON;
  const steps = reference.slice(1).split("/").filter(Boolean);
  let target: unknown = root;
  for (const step of steps) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    target = isJsonObject(target) ? target[key] : undefined;
  }
  return isJsonObject(target) ? convert(target as JsonSchema, { root, depth: depth + 1 }) : ANY_JSON;
}

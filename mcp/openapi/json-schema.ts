import { isJsonObject, type JsonSchema } from "../../engine/lib/json.ts";

/** What of OpenAPI's schemas isn't JSON Schema, or says nothing to whoever fills it in. */
const DROPPED = new Set([
  "nullable",
  "discriminator",
  "xml",
  "externalDocs",
  "example",
  "deprecated",
  "readOnly",
  "writeOnly",
]);
const LIMITS = [
  ["minimum", "exclusiveMinimum"],
  ["maximum", "exclusiveMaximum"],
] as const;

/** Makes JSON Schema 2020-12 of a schema of OpenAPI 3.0 or 3.1. */
export type SchemaReader = (schema: unknown) => JsonSchema;

/** For the schemas of one document. References are followed; where a schema holds itself, the inner one becomes “anything”. */
export function schemaReader(document: unknown): SchemaReader {
  return (schema) => convert(schema, { document, within: [] });
}

interface Place {
  document: unknown;
  /** The references that led here. */
  within: readonly string[];
}

function convert(schema: unknown, place: Place): JsonSchema {
  if (!isJsonObject(schema)) return {};
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    if (place.within.includes(reference)) return {};
    return convert(lookUp(place.document, reference), { ...place, within: [...place.within, reference] });
  }
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (!DROPPED.has(key)) converted[key] = convertKeyword(key, value, place);
  }
  for (const [limit, exclusive] of LIMITS) {
    // A yes or no in 3.0, the limit itself since.
    if (converted[exclusive] === true) {
      converted[exclusive] = converted[limit];
      delete converted[limit];
    } else if (converted[exclusive] === false) delete converted[exclusive];
  }
  if (schema["nullable"] === true && typeof converted["type"] === "string")
    converted["type"] = [converted["type"], "null"];
  return converted as JsonSchema;
}

function convertKeyword(key: string, value: unknown, place: Place): unknown {
  if (key === "properties" || key === "patternProperties") {
    const entries = isJsonObject(value) ? Object.entries(value) : [];
    return Object.fromEntries(entries.map(([name, inner]) => [name, convert(inner, place)]));
  }
  if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(key))
    return Array.isArray(value) ? value.map((inner) => convert(inner, place)) : [];
  if (["items", "additionalProperties", "not"].includes(key))
    return typeof value === "boolean" ? value : convert(value, place);
  return value;
}

/** A JSON pointer inside the document (RFC 6901). */
function lookUp(document: unknown, reference: string): unknown {
  const keys = reference.replace(/^#\/?/, "").split("/");
  return keys.reduce<unknown>((at, key) => {
    const name = decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof at === "object" && at !== null && Object.hasOwn(at, name)
      ? (at as Record<string, unknown>)[name]
      : undefined;
  }, document);
}

import type { JsonObject, JsonSchema, JsonValue } from "../engine/lib/json.ts";

/** An input that fits a flow’s form, as JSON: what must be given, or where nothing must, one of each field. */
export const exampleText = (schema: JsonSchema): string => JSON.stringify(exampleOf({ type: "object", ...schema }));

function exampleOf(schema: JsonSchema): JsonValue {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return exampleOf(choice);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return exampleObject(schema);
    case "array":
      return [exampleOf(schema.items ?? {})];
    case "number":
    case "integer":
      return numberOf(schema, "minimum") ?? 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return exampleString(schema);
  }
}

function exampleObject({ properties = {}, required = [] }: JsonSchema): JsonObject {
  const names = Object.keys(properties);
  const shown = required.length > 0 ? names.filter((name) => required.includes(name)) : names;
  return Object.fromEntries(shown.map((name) => [name, exampleOf(properties[name]!)]));
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: "2030-01-31",
  "date-time": "2030-01-31T12:00:00Z",
  time: "12:00:00",
  email: "someone@example.com",
  uri: "https://example.com/",
  url: "https://example.com/",
};

function exampleString(schema: JsonSchema): string {
  const byFormat = typeof schema["format"] === "string" ? BY_FORMAT[schema["format"]] : undefined;
  return byFormat ?? "…".padEnd(numberOf(schema, "minLength") ?? 1, "…");
}

function numberOf(schema: JsonSchema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}

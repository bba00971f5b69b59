import { onlySlot, parseTemplate, references } from "../../engine/expr/index.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";

const name = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

/** A JSON Schema as a TypeScript type. What a schema leaves open is `any`, so that code can be written against it. */
export function schemaType(schema: JsonSchema | undefined): string {
  if (!schema) return "any";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ") || "never";
  if (Array.isArray(schema.type)) return schema.type.map((type) => schemaType({ ...schema, type })).join(" | ");
  switch (schema.type) {
    case "string":
      return "string";
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      return `(${schemaType(schema.items)})[]`;
    case "object": {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([key, field]) => `${name(key)}: ${schemaType(field)}`,
      );
      return fields.length === 0 ? "Record<string, any>" : `{ ${fields.join("; ")} }`;
    }
    default:
      return "any";
  }
}

/**
 * The type of a step's input as it is written, references resolved (`rootOf`: earlier steps, and `item`, `state`, `vars`): a text that is one reference has that reference's type. */
export function inputType(value: JsonValue | undefined, rootOf: (name: string) => JsonSchema | undefined): string {
  if (typeof value === "string") return templateType(value, rootOf);
  if (Array.isArray(value))
    return `(${[...new Set(value.map((item) => inputType(item, rootOf)))].join(" | ") || "any"})[]`;
  if (isJsonObject(value)) {
    const fields = Object.entries(value).map(([key, field]) => `${name(key)}: ${inputType(field, rootOf)}`);
    return `{ ${fields.join("; ")} }`;
  }
  return value === null || value === undefined ? "any" : typeof value;
}

function templateType(text: string, rootOf: (name: string) => JsonSchema | undefined): string {
  const template = parseTemplate(text);
  const slot = onlySlot(template);
  if (!slot) return "string";
  const [reference, ...more] = references(slot.expression);
  const whole =
    reference && more.length === 0 && reference.start === 0 && reference.end === slot.expression.source.length;
  if (!whole) return "any";
  const schema = reference.path.reduce<JsonSchema | undefined>(
    (at, key) => (typeof key === "number" ? at?.items : at?.properties?.[key]),
    rootOf(reference.root),
  );
  return schemaType(schema);
}

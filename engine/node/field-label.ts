import { isJsonObject, type JsonSchema } from "../lib/json.ts";
import type { Text } from "../lib/text.ts";

/** The schema of a part of what a schema describes; an empty one where it says nothing of it. */
export function innerSchema(schema: JsonSchema, key: string | number): JsonSchema {
  if (typeof key === "number") return schema.items ?? {};
  if (schema.properties && Object.hasOwn(schema.properties, key)) return schema.properties[key]!;
  if (isJsonObject(schema.additionalProperties)) return schema.additionalProperties as JsonSchema;
  for (const choice of schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []) {
    if (choice.properties && Object.hasOwn(choice.properties, key)) return choice.properties[key]!;
  }
  return {};
}

/** A field's name for people: the labels on the way to it, entries of lists by number from 1: `Cases › 2 › When`. */
export function fieldLabel(schema: JsonSchema, keys: readonly (string | number)[]): Text {
  const parts = { en: [] as string[], zh: [] as string[] };
  let current = schema;
  for (const key of keys) {
    current = innerSchema(current, key);
    const label = labelOf(current);
    const plain = typeof key === "number" ? String(key + 1) : key;
    parts.en.push(label?.en ?? plain);
    parts.zh.push(label?.zh ?? plain);
  }
  return { en: parts.en.join(" › "), zh: parts.zh.join(" › ") };
}

function labelOf(schema: JsonSchema): Text | undefined {
  const hints = schema["heddle"];
  if (isJsonObject(hints) && isJsonObject(hints["label"])) return hints["label"] as Text;
  // What authors write themselves, such as a form, has one label for every language.
  return schema.title === undefined ? undefined : { en: schema.title, zh: schema.title };
}

import type { JsonObject, JsonValue } from "../../../engine/lib/json.ts";

/** The kinds of fields that a promised form is made of. */
export const FIELD_KINDS = ["string", "number", "boolean", "choice", "list"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

const BASE: Record<FieldKind, JsonObject> = {
  string: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  choice: { type: "string", enum: [] },
  list: { type: "array", items: { type: "string" } },
};
const KNOWN = new Set(["type", "description", "enum", "items"]);

/** Which kind a property is; undefined for one that says more than this editor shows. */
export function fieldOf(property: JsonObject): FieldKind | undefined {
  if (Object.keys(property).some((keyword) => !KNOWN.has(keyword))) return undefined;
  if (Array.isArray(property["enum"]))
    return property["enum"].every((word) => typeof word === "string") ? "choice" : undefined;
  const { type } = property;
  if (type === "integer") return undefined;
  if (type === "array")
    return JSON.stringify(property["items"]) === JSON.stringify(BASE.list["items"]) ? "list" : undefined;
  return type === "string" || type === "number" || type === "boolean" ? type : undefined;
}

/** The property as another kind; its description stays. */
export function withField(property: JsonObject, kind: FieldKind): JsonObject {
  const { description } = property;
  return { ...BASE[kind], ...(description !== undefined && { description }) };
}

/** The object schema with these properties, all of them promised; none at all where no field is left. */
export function schemaFor(before: JsonObject | undefined, properties: JsonObject): JsonValue | undefined {
  const names = Object.keys(properties);
  if (names.length === 0) return undefined;
  return { ...before, type: "object", properties, required: names, additionalProperties: false };
}

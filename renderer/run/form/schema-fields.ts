import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../../../engine/lib/json.ts";
import type { Language } from "../../../engine/lib/text.ts";

export type FieldKind = "text" | "multiline" | "number" | "integer" | "boolean" | "choice" | "json";

/** One field of a form made from a JSON Schema: a flow's input, a tool's arguments. */
export interface SchemaField {
  name: string;
  kind: FieldKind;
  label: string;
  help?: string;
  required: boolean;
  options: string[];
  initial?: JsonValue;
}

/** What is typed so far. Numbers and JSON stay text until the form is read, so that nobody's typing is eaten. */
export type Draft = Readonly<Record<string, string | boolean>>;

/** The fields of an object schema, in order; labels and help in the language where the schema has both. */
export function schemaFields(schema: JsonSchema | undefined, language: Language): SchemaField[] {
  const required = new Set(schema?.required ?? []);
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => {
    const hints = isJsonObject(property["heddle"]) ? property["heddle"] : {};
    const label = textOf(hints["label"], language) ?? property.title ?? name;
    const help = textOf(hints["help"], language) ?? property.description;
    const options = (property.enum ?? []).filter((option) => typeof option === "string");
    const initial = property.default ?? exampleOf(property);
    return {
      name,
      label,
      kind: kindOf(property, hints, options),
      required: required.has(name),
      options,
      ...(help && help !== label && { help }),
      ...(initial !== undefined && { initial }),
    };
  });
}

function exampleOf({ examples }: JsonSchema): JsonValue | undefined {
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return typeof first === "string" ? first : undefined;
}

function textOf(value: JsonValue | undefined, language: Language): string | undefined {
  if (typeof value === "string") return value || undefined;
  if (isJsonObject(value)) return typeof value[language] === "string" ? value[language] : undefined;
  return undefined;
}

function kindOf(property: JsonSchema, hints: JsonObject, options: string[]): FieldKind {
  if (options.length > 0) return "choice";
  const type = Array.isArray(property.type) ? property.type.find((each) => each !== "null") : property.type;
  if (type === "boolean" || type === "number" || type === "integer") return type;
  if (type !== "string") return "json";
  return hints["widget"] === "text-long" ? "multiline" : "text";
}

/** The draft of a value that was used before, or of the schema's own defaults and examples. */
export function draftOf(fields: readonly SchemaField[], value: JsonObject = {}): Draft {
  const entries = fields.map((field): [string, string | boolean] => {
    const known = value[field.name] ?? field.initial;
    if (field.kind === "boolean") return [field.name, known === true];
    if (known === undefined || known === null) return [field.name, ""];
    return [field.name, typeof known === "string" && field.kind !== "json" ? known : JSON.stringify(known, null, 2)];
  });
  return Object.fromEntries(entries);
}

/** Why a field can't be read. */
export type FieldProblem = "missing" | "not-a-number" | "not-an-integer" | "not-json";

export type ReadForm = { ok: true; value: JsonObject } | { ok: false; problems: Record<string, FieldProblem> };

/** The draft as the value that the schema asks for; empty optional fields are left out. */
export function readDraft(fields: readonly SchemaField[], draft: Draft): ReadForm {
  const { value, problems } = readFields(fields, draft);
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, value };
}

/** What of a draft can be read, and why the rest can't. */
export function readFields(fields: readonly SchemaField[], draft: Draft) {
  const value: JsonObject = {};
  const problems: Record<string, FieldProblem> = {};
  for (const field of fields) {
    const read = readField(field, draft[field.name]);
    if ("problem" in read) problems[field.name] = read.problem;
    else if (read.value !== undefined) value[field.name] = read.value;
  }
  return { value, problems };
}

function readField(
  field: SchemaField,
  typed: string | boolean | undefined,
): { value: JsonValue | undefined } | { problem: FieldProblem } {
  if (field.kind === "boolean") return { value: typed === true };
  const text = typeof typed === "string" ? typed : "";
  if (text.trim() === "") return field.required ? { problem: "missing" } : { value: undefined };
  switch (field.kind) {
    case "number":
      return Number.isFinite(Number(text)) ? { value: Number(text) } : { problem: "not-a-number" };
    case "integer":
      return Number.isInteger(Number(text)) ? { value: Number(text) } : { problem: "not-an-integer" };
    case "json":
      return parseJson(text);
    case "text":
    case "multiline":
    case "choice":
      return { value: text };
  }
}

function parseJson(text: string): { value: JsonValue } | { problem: FieldProblem } {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return { problem: "not-json" };
  }
}

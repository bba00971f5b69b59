import { isJsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import type { TypeName } from "./values.ts";

/** What a value may be by its schema; undefined where it may be anything. */
export type TypeNames = ReadonlySet<TypeName> | undefined;

const ALL = 6;

const BY_SCHEMA_TYPE: Readonly<Record<string, TypeName>> = {
  null: "null",
  boolean: "bool",
  number: "number",
  integer: "number",
  string: "string",
  array: "list",
  object: "map",
};

export const ANY: JsonSchema = {};
export const BOOL: JsonSchema = { type: "boolean" };
export const NUMBER: JsonSchema = { type: "number" };
export const STRING: JsonSchema = { type: "string" };
export const NULL: JsonSchema = { type: "null" };

/** The alternatives of a schema, one level of unions taken apart. */
function branches(schema: JsonSchema): JsonSchema[] {
  const choices = schema.anyOf ?? schema.oneOf;
  return choices ? choices.flatMap(branches) : [schema];
}

/** The one kind of value that a schema names, by its type: what most schemas say. */
const SINGLE = new Map(Object.entries(BY_SCHEMA_TYPE).map(([type, name]) => [type, new Set([name])]));

export function typeNames(schema: JsonSchema): TypeNames {
  if (isPlain(schema)) return SINGLE.get(schema.type as string) ?? NO_TYPES;
  const names = new Set<TypeName>();
  for (const branch of branches(schema)) {
    const found = branchTypes(branch);
    if (!found) return undefined;
    for (const name of found) names.add(name);
  }
  return names.size >= ALL ? undefined : names;
}

const NO_TYPES: ReadonlySet<TypeName> = new Set();

/** A schema of one type, without alternatives. */
const isPlain = ({ type, anyOf, oneOf, const: only, enum: words }: JsonSchema): boolean =>
  typeof type === "string" && anyOf === undefined && oneOf === undefined && only === undefined && words === undefined;

function branchTypes(schema: JsonSchema): TypeName[] | undefined {
  if (schema.const !== undefined) return [valueType(schema.const)];
  if (schema.enum) return schema.enum.map(valueType);
  const types = typeof schema.type === "string" ? [schema.type] : schema.type;
  if (types) return types.flatMap((type) => BY_SCHEMA_TYPE[type] ?? []);
  if (schema.properties) return ["map"];
  return schema.items ? ["list"] : undefined;
}

function valueType(value: JsonValue): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (isJsonObject(value)) return "map";
  return typeof value === "boolean" ? "bool" : (typeof value as "number" | "string");
}

/** Whether null is among what the schema names. A schema that allows anything doesn't count: nothing is known of it. */
export const isNullable = (schema: JsonSchema): boolean => typeNames(schema)?.has("null") ?? false;

/** A field of a value: its schema, or the names that there are where it isn't one of them. */
export type FieldLookup = { schema: JsonSchema } | { known: string[] };

/** The field of an object, over all alternatives. Where the value may be missing altogether, so may the field. */
export function fieldOf(schema: JsonSchema, name: string): FieldLookup {
  if (isPlain(schema) && schema.type === "object") {
    const field = ownField(schema, name);
    if (!field) return { known: Object.keys(schema.properties ?? {}) };
    return field === NULL ? { known: [] } : { schema: field };
  }
  const found: JsonSchema[] = [];
  const known = new Set<string>();
  for (const branch of branches(schema)) {
    const types = branchTypes(branch);
    if (types && !types.includes("map")) {
      if (types.includes("null")) found.push(NULL);
      continue;
    }
    const field = ownField(branch, name);
    if (field) found.push(field);
    else for (const key of Object.keys(branch.properties ?? {})) known.add(key);
  }
  return found.some((field) => field !== NULL) ? { schema: unionOf(found) } : { known: [...known] };
}

function ownField(schema: JsonSchema, name: string): JsonSchema | undefined {
  const optional = !(schema.required ?? []).includes(name);
  if (schema.properties && Object.hasOwn(schema.properties, name)) {
    const field = schema.properties[name]!;
    const nullable =
      (optional && field.default === undefined) || (Array.isArray(schema.type) && schema.type.includes("null"));
    return nullable ? unionOf([field, NULL]) : field;
  }
  const { additionalProperties } = schema;
  if (isJsonObject(additionalProperties)) return unionOf([additionalProperties as JsonSchema, NULL]);
  // A schema that lists no field at all, or says that there may be more, doesn't forbid this one.
  return additionalProperties === true || schema.properties === undefined ? ANY : undefined;
}

/** What a list's entries are. */
export function itemOf(schema: JsonSchema): JsonSchema {
  const items = branches(schema).flatMap((branch) => (branch.items ? [branch.items] : []));
  return items.length === 0 ? ANY : unionOf(items);
}

export function unionOf(schemas: readonly JsonSchema[]): JsonSchema {
  const different = schemas.filter((schema, index) => schemas.findIndex((other) => isAlike(other, schema)) === index);
  return different.length === 1 ? different[0]! : { anyOf: different };
}

const isAlike = (a: JsonSchema, b: JsonSchema): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The same without null. */
export function withoutNull(schema: JsonSchema): JsonSchema {
  const rest = branches(schema).filter((branch) => branch.type !== "null");
  const narrowed = rest.map((branch) =>
    Array.isArray(branch.type) ? { ...branch, type: branch.type.filter((type) => type !== "null") } : branch,
  );
  return narrowed.length === 0 ? ANY : unionOf(narrowed);
}

/** The words that a value must be one of, where its schema lists them. */
export function wordsOf(schema: JsonSchema): string[] | undefined {
  const words: string[] = [];
  for (const branch of branches(schema)) {
    const values = branch.enum ?? (branch.const === undefined ? undefined : [branch.const]);
    if (!values && branch.type !== "null") return undefined;
    for (const value of values ?? []) if (typeof value === "string") words.push(value);
  }
  return words.length === 0 ? undefined : words;
}

/** The literal that stands in for a missing value of this kind. */
export function emptyLiteral(schema: JsonSchema): string {
  const types = typeNames(withoutNull(schema));
  if (!types || types.size !== 1) return '""';
  const [type] = types;
  return { number: "0", bool: "false", list: "[]", map: "{}", string: '""', null: '""' }[type!];
}

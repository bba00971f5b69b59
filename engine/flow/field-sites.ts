import { parseExpression, references } from "../expr/index.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import type { FieldSite } from "./node-types.ts";

type Keys = (string | number)[];

/** `["cases", 0, "when"]` as `cases[0].when`. */
export function pathText(keys: readonly (string | number)[]): string {
  return keys.reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`),
    "",
  );
}

type Hints = { widget?: JsonValue; expects?: JsonValue; within?: JsonValue; mayBeEmpty?: JsonValue; takes?: JsonValue };

const hintsOf = (schema: JsonSchema): Hints => (isJsonObject(schema["heddle"]) ? schema["heddle"] : {});

type Traits = Pick<FieldSite, "expects" | "within" | "mayBeEmpty" | "takes">;

/** What a schema's hints say of the texts that it describes. */
function traits({ expects, within, mayBeEmpty, takes }: Hints): Traits {
  return {
    ...(expects !== undefined && { expects: expects as NonNullable<FieldSite["expects"]> }),
    ...(within !== undefined && { within: within as NonNullable<FieldSite["within"]> }),
    ...(mayBeEmpty === true && { mayBeEmpty }),
    ...(typeof takes === "string" && { takes }),
  };
}

/** The places of a config whose text holds references, or names a model, a secret, a server or a flow: found by the schema's `heddle` hints. */
export function fieldSites(schema: JsonSchema, config: JsonValue): FieldSite[] {
  const sites: FieldSite[] = [];
  walk(schema, config, [], sites);
  return sites;
}

function walk(schema: JsonSchema, value: JsonValue, keys: Keys, sites: FieldSite[]): void {
  const hints = hintsOf(schema);
  const site = (kind: FieldSite["kind"], text: string): void => {
    sites.push({ path: pathText(keys), keys, kind, value: text, ...traits(hints) });
  };
  switch (hints.widget) {
    case "template":
    case "template-long":
      if (typeof value === "string") site("template", value);
      return;
    case "template-json":
      for (const found of strings(value, keys)) sites.push({ ...found, ...traits(hints) });
      return;
    case "expression":
      if (typeof value === "string") site("expression", value);
      return;
    case "flow":
    case "model":
    case "server":
    case "secret":
      if (typeof value === "string") site(hints.widget, value);
      return;
    default:
      walkInside(schema, value, keys, sites);
  }
}

function walkInside(schema: JsonSchema, value: JsonValue, keys: Keys, sites: FieldSite[]): void {
  for (const part of schema.allOf ?? []) walk(part, value, keys, sites);
  const choice = bestChoice(schema.anyOf ?? schema.oneOf ?? [], value);
  if (choice) walk(choice, value, keys, sites);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (schema.items) walk(schema.items, item, [...keys, index], sites);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const inner = propertySchema(schema, key);
      if (inner) walk(inner, item, [...keys, key], sites);
    }
  }
}

function propertySchema(schema: JsonSchema, key: string): JsonSchema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return isJsonObject(schema.additionalProperties) ? (schema.additionalProperties as JsonSchema) : undefined;
}

/** Of several alternatives the one that the value is written for: same kind of value, same discriminating constants. */
function bestChoice(choices: readonly JsonSchema[], value: JsonValue): JsonSchema | undefined {
  return choices.find((choice) => fits(choice, value)) ?? choices[0];
}

function fits(schema: JsonSchema, value: JsonValue): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  if (isJsonObject(value)) {
    const properties = Object.entries(schema.properties ?? {});
    return (
      schema.type === "object" &&
      properties.every(([key, inner]) => inner.const === undefined || inner.const === value[key])
    );
  }
  if (Array.isArray(value)) return schema.type === "array";
  return value === null ? schema.type === "null" : schema.type === typeof value || schema["heddle"] !== undefined;
}

function strings(value: JsonValue, keys: Keys): FieldSite[] {
  if (typeof value === "string") return [{ path: pathText(keys), keys, kind: "template", value, typed: true }];
  if (Array.isArray(value)) return value.flatMap((item, index) => strings(item, [...keys, index]));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, item]) => strings(item, [...keys, key]));
  return [];
}

/**
 * The places that hold references as far as that shows without knowing the node's type: texts with `{{`, and texts that are an
 * expression which reads a field of something.
 */
export function guessSites(config: JsonValue): FieldSite[] {
  return strings(config, []).flatMap((site) => {
    if (site.value.includes("{{")) return [site];
    const isExpression = references(parseExpression(site.value)).some((reference) => reference.path.length > 0);
    return isExpression ? [{ ...site, kind: "expression" as const }] : [];
  });
}

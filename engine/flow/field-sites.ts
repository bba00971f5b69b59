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
  walk(schema, config, { keys: [], sites });
  return sites;
}

/** A place of a config, and where the sites at it are put. */
interface Walk {
  keys: Keys;
  sites: FieldSite[];
  /** What the fields around it say of when they are rendered. */
  within?: FieldSite["within"];
}

/** The widgets of texts that are a site, and of which kind. */
const KINDS = new Map<unknown, FieldSite["kind"]>([
  ["template", "template"],
  ["template-long", "template"],
  ["expression", "expression"],
  ["flow", "flow"],
  ["model", "model"],
  ["server", "server"],
  ["secret", "secret"],
]);

function walk(schema: JsonSchema, value: JsonValue, at: Walk): void {
  const hints = hintsOf(schema);
  const kind = KINDS.get(hints.widget);
  if (kind !== undefined) {
    if (typeof value === "string") addSite({ path: pathText(at.keys), keys: at.keys, kind, value }, hints, at);
  } else if (hints.widget === "template-json") {
    for (const found of strings(value, at.keys)) addSite(found, hints, at);
  } else if (typeof value === "object" || schema.allOf || schema.anyOf || schema.oneOf) {
    walkInside(schema, value, hints.within === undefined ? at : { ...at, within: traits(hints).within });
  }
}

function addSite(site: FieldSite, hints: Hints, { sites, within }: Walk): void {
  if (within !== undefined) site.within = within;
  sites.push(Object.assign(site, traits(hints)));
}

function walkInside(schema: JsonSchema, value: JsonValue, at: Walk): void {
  for (const part of schema.allOf ?? []) walk(part, value, at);
  const choices = schema.anyOf ?? schema.oneOf;
  const choice = choices && bestChoice(choices, value);
  if (choice) walk(choice, value, at);
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items) value.forEach((item, index) => walk(items, item, { ...at, keys: [...at.keys, index] }));
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const inner = propertySchema(schema, key);
      if (inner && mayHoldSites(inner, value[key]!)) walk(inner, value[key]!, { ...at, keys: [...at.keys, key] });
    }
  }
}

/** Most settings are plain words and numbers: for those no place is worked out. */
const mayHoldSites = (schema: JsonSchema, value: JsonValue): boolean =>
  typeof value === "object" || schema["heddle"] !== undefined || !!(schema.allOf ?? schema.anyOf ?? schema.oneOf);

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
    const { type, properties = {} } = schema;
    return (
      type === "object" &&
      Object.keys(properties).every((key) => {
        const only = properties[key]!.const;
        return only === undefined || only === value[key];
      })
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

import { pathText } from "../flow/field-sites.ts";
import type { ConfigIssue } from "../flow/node-types.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import { fieldLabel, innerSchema } from "./field-label.ts";
import { missing } from "./issue-sentences.ts";

type Keys = (string | number)[];

/** Settings that hold a text which has to say something. */
const WRITTEN = new Set(["template", "template-long", "expression", "server", "tool", "flow", "cron"]);

/** Texts that must be there and are still empty: the type's schema takes them, since a step that was just made has to start with something. */
export function missingSettings(schema: JsonSchema, config: JsonValue): ConfigIssue[] {
  const places: Keys[] = [];
  findEmptyPlaces(schema, config, { keys: [], places });
  return places.map((keys) => ({
    path: pathText(keys),
    keys,
    message: missing(fieldLabel(schema, keys)),
    missing: true,
  }));
}

function findEmptyPlaces(schema: JsonSchema, value: JsonValue, { keys, places }: { keys: Keys; places: Keys[] }): void {
  if (Array.isArray(value)) {
    const inner = innerSchema(schema, 0);
    value.forEach((item, index) => findEmptyPlaces(inner, item, { keys: [...keys, index], places }));
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const item = value[key]!;
      if (typeof item === "object") findEmptyPlaces(innerSchema(schema, key), item, { keys: [...keys, key], places });
      else if (isEmpty(item) && schema.required?.includes(key) && mustSay(innerSchema(schema, key)))
        places.push([...keys, key]);
    }
  }
}

const isEmpty = (value: JsonValue): boolean => typeof value === "string" && value.trim() === "";

function mustSay(schema: JsonSchema): boolean {
  const hints = isJsonObject(schema["heddle"]) ? schema["heddle"] : {};
  return WRITTEN.has(String(hints["widget"])) && hints["mayBeEmpty"] !== true && schema.default === undefined;
}

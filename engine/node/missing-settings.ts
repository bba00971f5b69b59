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
  return emptyPlaces(schema, config, []).map((keys) => ({
    path: pathText(keys),
    keys,
    message: missing(fieldLabel(schema, keys)),
    missing: true,
  }));
}

function emptyPlaces(schema: JsonSchema, value: JsonValue, keys: Keys): Keys[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => emptyPlaces(innerSchema(schema, index), item, [...keys, index]));
  if (!isJsonObject(value)) return [];
  const required = new Set(schema.required ?? []);
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = innerSchema(schema, key);
    const place = [...keys, key];
    if (typeof item === "string") return item.trim() === "" && required.has(key) && mustSay(inner) ? [place] : [];
    return emptyPlaces(inner, item, place);
  });
}

function mustSay(schema: JsonSchema): boolean {
  const hints = isJsonObject(schema["heddle"]) ? schema["heddle"] : {};
  return WRITTEN.has(String(hints["widget"])) && hints["mayBeEmpty"] !== true && schema.default === undefined;
}

import type { z } from "zod";
import { deleteAt, getAt, setAt } from "../flow/json-path.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import type { AnyNode } from "./define.ts";
import { innerSchema } from "./field-label.ts";

/** Issues that leave a value of the right form: it can still be drawn. */
const HARMLESS = new Set(["custom", "too_small", "too_big", "not_multiple_of", "invalid_format"]);

type Issue = z.core.$ZodIssue;

/**
 * A config that isn't valid yet, made fit for drawing: parts of a wrong form are left out or taken from the initial config, defaults are
 * filled in, and the rest stays as it is.
 */
export function lenientConfig(node: AnyNode, schema: JsonSchema, config: JsonValue): JsonValue {
  let current: JsonValue = isJsonObject(config) ? config : {};
  for (let round = 0; round < 4; round++) {
    const parsed = node.config.safeParse(current);
    if (parsed.success) return parsed.data;
    const harmful = parsed.error.issues.filter((issue) => !HARMLESS.has(issue.code));
    if (harmful.length === 0) return withDefaults(schema, current);
    for (const issue of harmful.toReversed()) current = repaired(current, issue, node.initial);
  }
  return node.initial;
}

function repaired(config: JsonValue, issue: Issue, initial: JsonValue): JsonValue {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (path.length === 0) return initial;
  if (getAt(config, path) !== undefined) return deleteAt(config, path);
  const usual = getAt(initial, path);
  if (usual !== undefined) return setAt(config, path, { value: usual });
  return path.length > 1 ? deleteAt(config, path.slice(0, -1)) : config;
}

function withDefaults(schema: JsonSchema, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item, index) => withDefaults(innerSchema(schema, index), item));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withDefaults(innerSchema(schema, key), item)]);
  const missing = Object.entries(schema.properties ?? {}).filter(
    ([key, inner]) => inner.default !== undefined && !Object.hasOwn(value, key),
  );
  return Object.fromEntries([...entries, ...missing.map(([key, inner]) => [key, inner.default])]) as JsonValue;
}

import { fieldOf, itemOf, typeNames, withoutNull } from "../../engine/expr/index.ts";
import type { Inference } from "../../engine/flow/node-types.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { parseTotal, type ListConfig } from "./list-config.ts";

/** What a list step gives, from what is known of its list. */
export function listOutput(config: ListConfig, inference: Inference): JsonSchema {
  const { flatten, group, pluck, chunk } = config;
  const list = itemOf(withoutNull(inference.valueAt(["items"])));
  const entry = flatten ? partOf(fieldAt(list, flatten)) : list;
  const kept = pluck ? fieldAt(entry, pluck) : entry;
  const item = group ? groupSchema(config, { key: fieldAt(entry, group), kept, entry }) : kept;
  const items: JsonSchema = { type: "array", items: item };
  return {
    type: "object",
    properties: {
      items: chunk === undefined ? items : { type: "array", items },
      count: { type: "integer", description: "How many entries “items” has." },
      totals: totalsSchema(config, entry),
    },
    required: ["items", "count", "totals"],
    additionalProperties: false,
  };
}

function groupSchema(
  config: ListConfig,
  { key, kept, entry }: { key: JsonSchema; kept: JsonSchema; entry: JsonSchema },
): JsonSchema {
  return {
    type: "object",
    properties: {
      key,
      count: { type: "integer" },
      items: { type: "array", items: kept },
      totals: totalsSchema(config, entry),
    },
    required: ["key", "count", "items", "totals"],
    additionalProperties: false,
  };
}

function totalsSchema({ totals }: ListConfig, entry: JsonSchema): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, text] of Object.entries(totals)) {
    const total = parseTotal(text);
    if (total?.how === "count") properties[name] = { type: "integer" };
    else if (total?.how === "sum") properties[name] = { type: "number" };
    else if (total?.how === "avg") properties[name] = { type: ["number", "null"] };
    else properties[name] = total ? nullable(fieldAt(entry, total.of)) : {};
  }
  return { type: "object", properties, required: Object.keys(totals), additionalProperties: false };
}

const nullable = (schema: JsonSchema): JsonSchema =>
  typeNames(schema) ? { anyOf: [withoutNull(schema), { type: "null" }] } : {};

/** A value that isn't a list is an entry of its own. */
function partOf(schema: JsonSchema): JsonSchema {
  const types = typeNames(withoutNull(schema));
  return types?.size === 1 && types.has("list") ? itemOf(schema) : {};
}

function fieldAt(schema: JsonSchema, path: string): JsonSchema {
  if (path === "" || path === ".") return schema;
  let current = schema;
  for (const name of path.split(".")) {
    const found = fieldOf(current, name);
    if (!("schema" in found)) return {};
    current = found.schema;
  }
  return current;
}

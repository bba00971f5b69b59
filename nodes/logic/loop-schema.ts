import { unionOf } from "../../engine/expr/index.ts";
import type { Inference } from "../../engine/flow/node-types.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import type { LoopConfig } from "./loop-config.ts";

/** What rounds read as the state. Later rounds may hold other values of the same kinds than the first one does. */
export function stateSchema(state: JsonValue | undefined, inference: Inference): JsonSchema {
  return state === undefined ? {} : widened(inference.valueAt(["state"]));
}

export function loopOutput({ state, next }: LoopConfig, inference: Inference): JsonSchema {
  const first = stateSchema(state, inference);
  const last = next === undefined ? first : union(first, inference.valueAt(["next"]));
  return {
    type: "object",
    properties: {
      state: { ...last, description: "What the last round left." },
      rounds: { type: "integer", description: "How many rounds there were." },
      limitReached: { type: "boolean", description: "It ended because there may be no more rounds." },
    },
    required: ["state", "rounds", "limitReached"],
    additionalProperties: false,
  };
}

const isAny = (schema: JsonSchema): boolean => Object.keys(schema).length === 0;
const union = (a: JsonSchema, b: JsonSchema): JsonSchema => (isAny(a) || isAny(b) ? {} : unionOf([a, b]));

/** The same schema without what only holds for its first value: a null or an empty list may become anything, a word any word. */
export function widened(schema: JsonSchema): JsonSchema {
  const { const: only, enum: words, ...rest } = schema;
  const values = words ?? (only === undefined ? undefined : [only]);
  if (values) return kindOf(values);
  if (rest.type === "null") return {};
  if (rest.type === "integer") return { ...rest, type: "number" };
  return {
    ...rest,
    ...(rest.properties && {
      properties: Object.fromEntries(Object.entries(rest.properties).map(([name, inner]) => [name, widened(inner)])),
    }),
    ...(rest.items && { items: widened(rest.items) }),
    ...(rest.anyOf && { anyOf: rest.anyOf.map(widened) }),
  };
}

function kindOf(values: readonly JsonValue[]): JsonSchema {
  const kinds = new Set(values.map((value) => (value === null ? "null" : typeof value)));
  const [kind] = kinds;
  return kinds.size === 1 && (kind === "string" || kind === "number" || kind === "boolean") ? { type: kind } : {};
}

import type { JsonObject, JsonSchema, JsonValue } from "../../engine/lib/json.ts";

export const CALL_MODES = ["sync", "stream", "async"] as const;
export type CallMode = (typeof CALL_MODES)[number];

export interface CallTarget {
  endpoint: string;
  apiKey: string;
  input: JsonObject;
}

const EXTRA: Record<CallMode, string[]> = {
  sync: [],
  stream: [`-N -H "Accept: text/event-stream"`],
  async: [`-H "Prefer: respond-async"`],
};

/** A curl command that a shell takes as it is, whatever the input holds. */
export function curlCommand(mode: CallMode, { endpoint, apiKey, input }: CallTarget): string {
  const body = JSON.stringify(input).replaceAll("'", `'\\''`);
  return [
    `curl -sS ${endpoint}`,
    `-H "Authorization: Bearer ${apiKey}"`,
    `-H "Content-Type: application/json"`,
    ...EXTRA[mode],
    `-d '${body}'`,
  ].join(" \\\n  ");
}

/** An input that fits the schema, for examples: its defaults, first choices, and words in place of text. */
export function exampleInput(schema: JsonSchema | undefined): JsonObject {
  const required = new Set(schema?.required ?? []);
  const entries = Object.entries(schema?.properties ?? {}).filter(([name]) => required.has(name));
  return Object.fromEntries(entries.map(([name, field]) => [name, exampleValue(field)]));
}

function exampleValue(field: JsonSchema): JsonValue {
  if (field.default !== undefined) return field.default;
  if (field.enum?.[0] !== undefined) return field.enum[0];
  const type = Array.isArray(field.type) ? field.type[0] : field.type;
  if (type === "number" || type === "integer") return 1;
  if (type === "boolean") return true;
  return "…";
}

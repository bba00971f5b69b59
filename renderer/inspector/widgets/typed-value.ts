import type { JsonSchema, JsonValue } from "../../../engine/lib/json.ts";

/** A value as it is typed: text as it is, everything else as JSON. Text that would read as something else is quoted. */
export function typedText(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  return typeof readTyped(value) === "string" ? value : JSON.stringify(value);
}

/** What was typed: a number, `true`, a list or an object where it reads as one, else text (which may hold references). */
export function readTyped(text: string, schema?: JsonSchema): JsonValue {
  if (schema?.type === "string" || !/^\s*(-?\d|true\s*$|false\s*$|null\s*$|[["]|\{(?!\{))/.test(text)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

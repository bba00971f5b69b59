import { readFileSync } from "node:fs";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";
import type { CliOptions } from "./output.ts";

/** The run's input from the command line. Fields given as text become what the form's schema says they are. @throws HeddleError `cli.input-unreadable` */
export function readInput(options: CliOptions, schema: JsonSchema): JsonValue {
  const whole = wholeInput(options);
  const fields = Object.fromEntries((options.input ?? []).map((text) => readField(text, schema)));
  if (whole === undefined) return fields;
  if (!isJsonObject(whole)) return whole;
  return { ...whole, ...fields };
}

function wholeInput({ inputJson, inputFile }: CliOptions): JsonValue | undefined {
  if (inputJson !== undefined) return parseJson("--input-json", () => inputJson);
  if (inputFile !== undefined)
    return parseJson("--input-file", () => readFileSync(inputFile === "-" ? 0 : inputFile, "utf8"));
  return undefined;
}

/** A text that must be JSON. @throws HeddleError `cli.input-unreadable` */
export function parseJson(option: string, read: () => string): JsonValue {
  try {
    return JSON.parse(read()) as JsonValue;
  } catch (cause) {
    throw new HeddleError("cli.input-unreadable", { option, detail: (cause as Error).message }, { cause });
  }
}

function readField(text: string, schema: JsonSchema): [name: string, value: JsonValue] {
  const equals = text.indexOf("=");
  if (equals < 1)
    throw new HeddleError("cli.input-unreadable", { option: "--input", detail: `“${text}” is not name=value` });
  const [name, value] = [text.slice(0, equals), text.slice(equals + 1)];
  return [name, typed(value, schema.properties?.[name] ?? { type: "string" })];
}

/** Text stays text unless the form takes something else and the text is that. */
function typed(text: string, { type, ...field }: JsonSchema): JsonObject[string] {
  if ([type].flat().includes("string") || (type === undefined && field.enum)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

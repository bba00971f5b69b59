import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { JsonSchema, JsonValue } from "../engine/lib/json.ts";

const CACHE_SIZE = 200;
/** By the schema's text: flows build equal schemas anew at each run, and compiling one takes milliseconds. */
const compiled = new Map<string, ValidateFunction>();

/** In words, how a value differs from a JSON Schema; undefined when it fits. */
export function mismatch(schema: JsonSchema, value: JsonValue): string | undefined {
  const validate = compile(schema);
  if (validate(value)) return undefined;
  const first = validate.errors?.[0];
  return first ? inWords(first) : "it doesn’t fit";
}

function compile(schema: JsonSchema): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = compiled.get(text);
  if (known) return known;
  if (compiled.size >= CACHE_SIZE) compiled.delete(compiled.keys().next().value!);
  // Not strict: schemas carry Heddle's own keyword and whatever an author's tools add.
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  compiled.set(text, validate);
  return validate;
}

function inWords(error: ErrorObject): string {
  const place = error.instancePath.slice(1).replaceAll("/", ".");
  const subject = place ? `“${place}”` : "the value";
  const allowed: unknown = error.params["allowedValues"];
  const choices = Array.isArray(allowed) ? `: ${allowed.map((choice) => JSON.stringify(choice)).join(", ")}` : "";
  return `${subject} ${error.message ?? "doesn’t fit"}${choices}`;
}

import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../engine/lib/json.ts";
import { isRequired, isValueOf, type FormField, type FormFields } from "./form-field.ts";

/**
 * The values of a form, checked field by field: defaults filled in, `null` for what may be left out.
 * @throws HeddleError `input.*`; `input.several` when more than one field is wrong.
 */
export function readForm(fields: FormFields, input: JsonValue): JsonObject {
  const given = input === null ? {} : input;
  if (!isJsonObject(given)) {
    throw new HeddleError("input.wrong-type", { field: "input", expected: "an object", actual: typeName(input) });
  }
  const errors = unknownFields(fields, given);
  const values: JsonObject = {};
  for (const [name, field] of Object.entries(fields)) {
    const error = checkField(name, field, given[name]);
    if (error) errors.push(error);
    values[name] = given[name] ?? field.default ?? null;
  }
  if (errors.length > 1) {
    const detail = errors.map((error) => error.message).join(" ");
    throw new HeddleError("input.several", { count: errors.length, detail });
  }
  if (errors[0]) throw errors[0];
  return values;
}

function unknownFields(fields: FormFields, given: JsonObject): HeddleError[] {
  const known = Object.keys(fields).join(", ") || "none";
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => new HeddleError("input.unknown-field", { field: name, known }));
}

function checkField(name: string, field: FormField, value: JsonValue | undefined): HeddleError | undefined {
  if (value === undefined || value === null) {
    return isRequired(field) ? new HeddleError("input.missing", { field: name }) : undefined;
  }
  if (isValueOf(field, value)) return undefined;
  if (field.type === "choice") {
    const choices = field.choices ?? [];
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    return new HeddleError("input.not-a-choice", { field: name, value: shown, choices: choices.join(", ") });
  }
  return new HeddleError("input.wrong-type", {
    field: name,
    expected: TYPE_NAMES[field.type as keyof typeof TYPE_NAMES],
    actual: typeName(value),
  });
}

const TYPE_NAMES = { string: "text", number: "a number", boolean: "true or false" } as const;

function typeName(value: JsonValue): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return TYPE_NAMES[typeof value as keyof typeof TYPE_NAMES];
}

import type { JsonSchema } from "../../../engine/lib/json.ts";
import type { Text } from "../../../engine/lib/text.ts";
import { fieldHints } from "../../document/field-hints.ts";
import type { Option } from "../../ui/index.ts";

/** The values of an enum by what they are called; beside it, where that differs, the word that the file holds. */
export function choicesOf(schema: JsonSchema, text: (text: Text) => string): Option[] {
  const { choices } = fieldHints(schema);
  return (schema.enum ?? []).map(String).map((value) => {
    const name = choices && Object.hasOwn(choices, value) ? text(choices[value]!) : value;
    return { value, label: name, ...(name !== value && { hint: value }) };
  });
}

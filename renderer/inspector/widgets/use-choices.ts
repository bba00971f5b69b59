import { useMemo } from "react";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { useText } from "../../i18n/index.ts";
import type { Option } from "../../ui/index.ts";
import { choicesOf } from "./choices.ts";

/** The options of a select for an enum, in the user's language. */
export function useChoices(schema: JsonSchema): Option[] {
  const text = useText();
  return useMemo(() => choicesOf(schema, text), [schema, text]);
}

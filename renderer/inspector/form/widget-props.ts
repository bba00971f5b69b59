import type { JsonSchema } from "../../../engine/lib/json.ts";
import type { FieldPath } from "./form-context.tsx";

/** What every form field gets: which place of the config it edits, and the schema of that place with its hints. */
export interface WidgetProps {
  path: FieldPath;
  schema: JsonSchema;
}

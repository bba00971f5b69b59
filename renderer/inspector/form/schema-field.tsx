import { createContext, memo, useContext, type ComponentType } from "react";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { FieldScopeContext, useFieldScope } from "./field-scope.ts";
import type { WidgetProps } from "./widget-props.ts";

/** Which form field a schema gets. Given from outside, since fields hold fields: an object's widget shows those of its properties. */
export const WidgetFor = createContext<(schema: JsonSchema) => ComponentType<WidgetProps>>(() => () => null);

/** One place of the config as a form field. What is in a field that is rendered in a body is rendered there too. */
export const SchemaField = memo(function SchemaField({ path, schema }: WidgetProps) {
  const Widget = useContext(WidgetFor)(schema);
  const outer = useFieldScope();
  return (
    <FieldScopeContext value={fieldHints(schema).within ?? outer}>
      <Widget path={path} schema={schema} />
    </FieldScopeContext>
  );
});

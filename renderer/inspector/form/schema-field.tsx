import { memo, type ComponentType } from "react";
import type { FieldHints } from "../../../engine/node/fields.ts";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { CasesField } from "../widgets/cases-field.tsx";
import { CodeField } from "../widgets/code-field.tsx";
import { FormFieldsField } from "../widgets/form-fields-field.tsx";
import { JsonTemplateField } from "../widgets/json-template-field.tsx";
import { KeyValuesField } from "../widgets/key-values-field.tsx";
import { LabelsField } from "../widgets/labels-field.tsx";
import { ModelField } from "../widgets/model-field.tsx";
import { NamedFieldsField } from "../widgets/named-fields-field.tsx";
import {
  BooleanField,
  EnumField,
  JsonField,
  LongTextField,
  NumberField,
  ObjectField,
  TextField,
  WordsField,
} from "../widgets/plain-fields.tsx";
import { SchemaEditorField } from "../widgets/schema-editor-field.tsx";
import { SecretField } from "../widgets/secret-field.tsx";
import { ExpressionField, LongTemplateField, TemplateField } from "../widgets/template-fields.tsx";
import { ServerField, ToolField, ToolsField } from "../widgets/tool-fields.tsx";
import type { WidgetProps } from "./widget-props.ts";

/** The form field of each widget hint. */
const WIDGETS: Record<NonNullable<FieldHints["widget"]>, ComponentType<WidgetProps>> = {
  template: TemplateField,
  "template-long": LongTemplateField,
  "template-json": JsonTemplateField,
  "text-long": LongTextField,
  expression: ExpressionField,
  code: CodeField,
  model: ModelField,
  schema: SchemaEditorField,
  "form-fields": FormFieldsField,
  fields: NamedFieldsField,
  labels: LabelsField,
  cases: CasesField,
  server: ServerField,
  tool: ToolField,
  tools: ToolsField,
  "key-values": KeyValuesField,
  secret: SecretField,
};

/** The field for a schema that names no widget, by what its values are. */
function plainWidget(schema: JsonSchema): ComponentType<WidgetProps> {
  if (schema.enum) return EnumField;
  switch (schema.type) {
    case "string":
      return TextField;
    case "number":
    case "integer":
      return NumberField;
    case "boolean":
      return BooleanField;
    case "object":
      return schema.properties ? ObjectField : JsonField;
    case "array":
      return schema.items?.type === "string" ? WordsField : JsonField;
    default:
      return JsonField;
  }
}

/** One place of the config as a form field. */
export const SchemaField = memo(function SchemaField({ path, schema }: WidgetProps) {
  const { widget } = fieldHints(schema);
  const Widget = (widget && WIDGETS[widget]) ?? plainWidget(schema);
  return <Widget path={path} schema={schema} />;
});

import type { ComponentType } from "react";
import type { FieldHints } from "../../../engine/node/fields.ts";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { CasesField } from "./cases-field.tsx";
import { CodeField } from "./code-field.tsx";
import { CronField } from "./cron-field.tsx";
import { FlowField } from "./flow-field.tsx";
import { FormFieldsField } from "./form-fields-field.tsx";
import { JsonTemplateField } from "./json-template-field.tsx";
import { KeyValuesField } from "./key-values-field.tsx";
import { LabelsField } from "./labels-field.tsx";
import { ModelField } from "./model-field.tsx";
import { NamedFieldsField } from "./named-fields-field.tsx";
import {
  BooleanField,
  ChoicesField,
  EnumField,
  JsonField,
  LongTextField,
  NumberField,
  ObjectField,
  TextField,
  WordsField,
} from "./plain-fields.tsx";
import { SchemaEditorField } from "./schema-editor-field.tsx";
import { SecretField } from "./secret-field.tsx";
import { ExpressionField, LongTemplateField, TemplateField } from "./template-fields.tsx";
import { ServerField, ToolField, ToolsField } from "./tool-fields.tsx";
import { DateTimeField, DurationField } from "./time-fields.tsx";
import type { WidgetProps } from "../form/widget-props.ts";

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
  flow: FlowField,
  duration: DurationField,
  cron: CronField,
  "date-time": DateTimeField,
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
      if (schema.items?.enum) return ChoicesField;
      return schema.items?.type === "string" ? WordsField : JsonField;
    default:
      return JsonField;
  }
}

/** The form field for a schema: what its hint asks for, else what its values need. */
export function widgetFor(schema: JsonSchema): ComponentType<WidgetProps> {
  const { widget } = fieldHints(schema);
  return (widget && WIDGETS[widget]) ?? plainWidget(schema);
}

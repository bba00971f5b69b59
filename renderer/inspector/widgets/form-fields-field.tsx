import type { WidgetProps } from "../form/widget-props.ts";
import { FieldCard } from "./field-card.tsx";
import { NamedRows } from "./named-rows.tsx";

/** The form that a flow is started with: each field with its name, its type and what people see. */
export function FormFieldsField(props: WidgetProps) {
  return <NamedRows {...props} Row={FieldCard} />;
}

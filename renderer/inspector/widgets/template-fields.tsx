import { pathText } from "../../../engine/flow/index.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useFormNode } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";
import { ReferenceInput } from "../template/reference-input.tsx";

interface ReferenceFieldProps extends WidgetProps {
  kind: "template" | "expression";
  long?: boolean;
}

function ReferenceField({ path, schema, kind, long }: ReferenceFieldProps) {
  const [value, set] = useConfig(path);
  const text = useText();
  const { placeholder } = fieldHints(schema);
  return (
    <ConfigField path={path} schema={schema}>
      <ReferenceInput
        node={useFormNode()}
        path={pathText(path)}
        kind={kind}
        long={long}
        value={
          value === undefined ? String(schema.default ?? "") : typeof value === "string" ? value : JSON.stringify(value)
        }
        onChange={set}
        placeholder={placeholder && text(placeholder)}
      />
    </ConfigField>
  );
}

/** One line of text with references. */
export const TemplateField = (props: WidgetProps) => <ReferenceField {...props} kind="template" />;
/** Several lines of text with references. */
export const LongTemplateField = (props: WidgetProps) => <ReferenceField {...props} kind="template" long />;
/** An expression, without braces. */
export const ExpressionField = (props: WidgetProps) => <ReferenceField {...props} kind="expression" />;

import { useTranslation } from "react-i18next";
import { isJsonObject, type JsonSchema } from "../../../engine/lib/json.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useFormNode } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";
import { FieldCard } from "./field-card.tsx";
import { renameOutput } from "./rename-output.ts";
import { freeName, Rows, without } from "./rows.tsx";

/** The form that a flow is started with: each field with its name, its type and what people see. */
export function FormFieldsField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const node = useFormNode();
  const [value, set] = useConfig(path);
  const fields = isJsonObject(value) ? value : {};
  const names = Object.keys(fields);
  const entry: JsonSchema = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
  return (
    <ConfigField path={path} schema={schema} group>
      <Rows addLabel={t("fields.add")} onAdd={() => set({ ...fields, [freeName("field", names)]: { type: "string" } })}>
        {names.map((name) => (
          <FieldCard
            key={name}
            path={[...path, name]}
            name={name}
            names={names}
            schema={entry}
            onRename={(to) => renameOutput(node, path, { fields, from: name, to })}
            onRemove={() => set(without(fields, name))}
          />
        ))}
      </Rows>
    </ConfigField>
  );
}

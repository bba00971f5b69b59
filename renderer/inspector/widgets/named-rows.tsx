import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { isJsonObject, type JsonSchema } from "../../../engine/lib/json.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useFormNode, type FieldPath } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";
import { renameOutput } from "./rename-output.ts";
import { freeName, Rows, without } from "./rows.tsx";

/** One entry of a map of fields, and what can be done with it as a whole. */
export interface NamedRow {
  path: FieldPath;
  name: string;
  names: string[];
  schema: JsonSchema;
  onRename: (to: string) => void;
  onRemove: () => void;
}

/** A map of fields by name: a `Row` each. Renaming one keeps what later steps read of it. */
export function NamedRows({ path, schema, Row }: WidgetProps & { Row: ComponentType<NamedRow> }) {
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
          <Row
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

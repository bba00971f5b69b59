import { useTranslation } from "react-i18next";
import { isJsonObject, type JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { Input, Select } from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useFormNode, useReadOnly, type FieldPath } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";
import { renameOutput } from "./rename-output.ts";
import { freeName, identifier, NameInput, RemoveButton, Rows, without } from "./rows.tsx";

/** Values to be found or filled in: each with a name, a type and what it is. */
export function NamedFieldsField({ path, schema }: WidgetProps) {
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
          <div
            key={name}
            role="group"
            aria-label={name}
            className="flex flex-col gap-1 rounded-[8px] border border-line-2 p-1.5"
          >
            <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto] gap-1">
              <NameInput
                value={name}
                label={t("fields.name")}
                taken={names}
                clean={identifier}
                onRename={(to) => renameOutput(node, path, { fields, from: name, to })}
              />
              <TypeSelect path={[...path, name, "type"]} schema={entry} name={name} />
              <RemoveButton name={name} onClick={() => set(without(fields, name))} />
            </div>
            <Description
              path={[...path, name, "description"]}
              schema={entry.properties?.["description"] ?? {}}
              name={name}
            />
          </div>
        ))}
      </Rows>
    </ConfigField>
  );
}

function TypeSelect({ path, schema, name }: { path: FieldPath; schema: JsonSchema; name: string }) {
  const { t } = useTranslation("inspector");
  const [type, set] = useConfig(path);
  const types = (schema.properties?.["type"]?.enum ?? []).map(String);
  return (
    <Select
      value={typeof type === "string" ? type : undefined}
      label={t("fields.typeOf", { name })}
      disabled={useReadOnly()}
      onChange={set}
      options={types.map((each) => ({ value: each, label: t(`fieldTypes.${each}` as "fieldTypes.string") }))}
    />
  );
}

function Description({ path, schema, name }: { path: FieldPath; schema: JsonSchema; name: string }) {
  const { t } = useTranslation("inspector");
  const text = useText();
  const [value, set] = useConfig(path);
  const { props } = useDraft(typeof value === "string" ? value : "", (typed) => set(typed === "" ? undefined : typed));
  const { placeholder } = fieldHints(schema);
  return (
    <Input
      {...props}
      aria-label={t("fields.descriptionOf", { name })}
      placeholder={placeholder ? text(placeholder) : t("fields.description")}
      readOnly={useReadOnly()}
    />
  );
}

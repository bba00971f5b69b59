import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../engine/lib/json.ts";
import { Input, Select } from "../../ui/index.ts";
import { ConfigField, useFieldLabel } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";
import { JsonInput } from "./plain-fields.tsx";
import { fieldOf, FIELD_KINDS, schemaFor, withField, type FieldKind } from "./schema-fields.ts";
import { freeName, identifier, NameInput, RemoveButton, renameIn, Rows, without } from "./rows.tsx";

/** A promised form as a list of fields; schemas that say more than that are edited as JSON. */
export function SchemaEditorField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const [asJson, setAsJson] = useState(false);
  const label = useFieldLabel(schema, path);
  const current = isJsonObject(value) ? value : undefined;
  const properties = current && isJsonObject(current["properties"]) ? current["properties"] : {};
  const simple = Object.values(properties).every(
    (property) => isJsonObject(property) && fieldOf(property) !== undefined,
  );
  const json = asJson || !simple;
  return (
    <ConfigField
      path={path}
      schema={schema}
      group
      aside={
        simple && (
          <button type="button" className="text-12 text-ink-3 hover:text-ink" onClick={() => setAsJson(!asJson)}>
            {t(asJson ? "schema.asFields" : "schema.asJson")}
          </button>
        )
      }
    >
      {json ? (
        <JsonInput value={value} onChange={set} label={label} />
      ) : (
        <FieldRows properties={properties} onChange={(next) => set(schemaFor(current, next))} />
      )}
    </ConfigField>
  );
}

function FieldRows({ properties, onChange }: { properties: JsonObject; onChange: (properties: JsonObject) => void }) {
  const { t } = useTranslation("inspector");
  const names = Object.keys(properties);
  return (
    <Rows
      addLabel={t("fields.add")}
      onAdd={() => onChange({ ...properties, [freeName("field", names)]: { type: "string" } })}
    >
      {names.map((name) => (
        <FieldRow
          key={name}
          name={name}
          names={names}
          value={properties[name]!}
          onRename={(to) => onChange(renameIn(properties, name, to))}
          onRemove={() => onChange(without(properties, name))}
          onChange={(field) => onChange({ ...properties, [name]: field })}
        />
      ))}
    </Rows>
  );
}

interface FieldRowProps {
  name: string;
  names: readonly string[];
  value: JsonValue;
  onRename: (to: string) => void;
  onRemove: () => void;
  onChange: (field: JsonObject) => void;
}

function FieldRow({ name, names, value, onRename, onRemove, onChange }: FieldRowProps) {
  const { t } = useTranslation("inspector");
  const readOnly = useReadOnly();
  const schema = isJsonObject(value) ? value : {};
  const kind = fieldOf(schema) ?? "string";
  const choices = Array.isArray(schema["enum"]) ? schema["enum"].join(", ") : "";
  const list = useDraft(choices, (text) =>
    onChange({
      ...schema,
      enum: text
        .split(/[,，]/)
        .map((word) => word.trim())
        .filter(Boolean),
    }),
  );
  const description = useDraft(typeof schema["description"] === "string" ? schema["description"] : "", (text) =>
    onChange(text === "" ? (without(schema, "description") as JsonObject) : { ...schema, description: text }),
  );
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-1 rounded-[8px] border border-line-2 p-1.5">
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto] gap-1">
        <NameInput value={name} label={t("fields.name")} taken={names} clean={identifier} onRename={onRename} />
        <Select
          value={kind}
          label={t("fields.typeOf", { name })}
          disabled={readOnly}
          onChange={(next: FieldKind) => onChange(withField(schema, next))}
          options={FIELD_KINDS.map((each) => ({ value: each, label: t(`fieldTypes.${each}`) }))}
        />
        <RemoveButton name={name} onClick={onRemove} />
      </div>
      {kind === "choice" && (
        <Input
          {...list.props}
          aria-label={t("fields.choicesOf", { name })}
          placeholder={t("fields.choices")}
          readOnly={readOnly}
        />
      )}
      <Input
        {...description.props}
        aria-label={t("fields.descriptionOf", { name })}
        placeholder={t("fields.description")}
        readOnly={readOnly}
      />
    </div>
  );
}

import { useTranslation } from "react-i18next";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { Input, Select } from "../../ui/index.ts";
import { useConfig, useReadOnly, type FieldPath } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";
import { NamedRows, type NamedRow } from "./named-rows.tsx";
import { useChoices } from "./use-choices.ts";
import { identifier, NameInput, RemoveButton } from "./rows.tsx";

/** Values to be found or filled in: each with a name, a type and what it is. */
export function NamedFieldsField(props: WidgetProps) {
  return <NamedRows {...props} Row={NamedField} />;
}

function NamedField({ path, name, names, schema, onRename, onRemove }: NamedRow) {
  const { t } = useTranslation("inspector");
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-1 rounded-[8px] border border-line-2 p-1.5">
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)_auto] gap-1">
        <NameInput value={name} label={t("fields.name")} taken={names} clean={identifier} onRename={onRename} />
        <TypeSelect path={[...path, "type"]} schema={schema} name={name} />
        <RemoveButton name={name} onClick={onRemove} />
      </div>
      <Description path={[...path, "description"]} schema={schema.properties?.["description"] ?? {}} name={name} />
    </div>
  );
}

function TypeSelect({ path, schema, name }: { path: FieldPath; schema: JsonSchema; name: string }) {
  const { t } = useTranslation("inspector");
  const [type, set] = useConfig(path);
  const types = useChoices(schema.properties?.["type"] ?? {});
  return (
    <Select
      value={typeof type === "string" ? type : undefined}
      label={t("fields.typeOf", { name })}
      disabled={useReadOnly()}
      onChange={set}
      options={types}
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

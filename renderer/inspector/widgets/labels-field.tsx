import { useTranslation } from "react-i18next";
import { isJsonObject } from "../../../engine/lib/json.ts";
import { Input } from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";
import { freeName, NameInput, RemoveButton, renameIn, Rows, without } from "./rows.tsx";

/** Names with what each means. */
export function LabelsField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const labels = isJsonObject(value) ? value : {};
  const names = Object.keys(labels);
  return (
    <ConfigField path={path} schema={schema} group>
      <Rows addLabel={t("labels.add")} onAdd={() => set({ ...labels, [freeName(t("labels.new"), names)]: "" })}>
        {names.map((name) => (
          <div key={name} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-1.5">
            <NameInput
              value={name}
              label={t("labels.name")}
              taken={names}
              onRename={(to) => set(renameIn(labels, name, to))}
            />
            <Meaning path={[...path, name]} label={t("labels.meaningOf", { name })} placeholder={t("labels.meaning")} />
            <RemoveButton name={name} onClick={() => set(without(labels, name))} />
          </div>
        ))}
      </Rows>
    </ConfigField>
  );
}

function Meaning({ path, label, placeholder }: { path: (string | number)[]; label: string; placeholder: string }) {
  const [value, set] = useConfig(path);
  const { props } = useDraft(typeof value === "string" ? value : "", set);
  return <Input {...props} aria-label={label} placeholder={placeholder} readOnly={useReadOnly()} />;
}

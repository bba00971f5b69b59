import { useTranslation } from "react-i18next";
import { isJsonObject } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, type FieldPath } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";
import { freeName, NameInput, RemoveButton, renameIn, Rows, without } from "./rows.tsx";
import { SecretInput } from "./secret-field.tsx";
import { ValueInput } from "./value-input.tsx";

/** Names with values: headers, a query. */
export function KeyValuesField({ path, schema }: WidgetProps) {
  const entry = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
  return (
    <ConfigField path={path} schema={schema} group>
      <KeyValueRows path={path} secret={fieldHints(entry).widget === "secret"} text={entry.type === "string"} />
    </ConfigField>
  );
}

/** The lines of such a list, wherever it stands. */
export function KeyValueRows({ path, secret, text }: { path: FieldPath; secret?: boolean; text?: boolean }) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const entries = isJsonObject(value) ? value : {};
  const names = Object.keys(entries);
  const put = (next: typeof entries) => set(Object.keys(next).length === 0 ? undefined : next);
  return (
    <Rows addLabel={t("keyValues.add")} onAdd={() => set({ ...entries, [freeName(t("keyValues.new"), names)]: "" })}>
      {names.map((name) => (
        <div key={name} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-1.5">
          <NameInput
            value={name}
            label={t("keyValues.name")}
            taken={names}
            onRename={(to) => put(renameIn(entries, name, to))}
          />
          <div className="min-w-0">
            {secret ? (
              <SecretInput path={[...path, name]} label={t("keyValues.valueOf", { name })} />
            ) : (
              <ValueInput
                path={[...path, name]}
                schema={text ? { type: "string" } : undefined}
                label={t("keyValues.valueOf", { name })}
              />
            )}
          </div>
          <RemoveButton name={name} onClick={() => put(without(entries, name))} />
        </div>
      ))}
    </Rows>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JsonSchema, JsonValue } from "../../../engine/lib/json.ts";
import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { Checkbox, Field, Input, Select, Switch, Textarea } from "../../ui/index.ts";
import { ConfigField, useFieldLabel } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import { SchemaFields } from "../form/schema-fields.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";
import { useChoices } from "./use-choices.ts";

/** What a field holds while its config says nothing: shown, not written. */
function usePlaceholder(schema: JsonSchema): string | undefined {
  const text = useText();
  const { placeholder } = fieldHints(schema);
  if (placeholder) return text(placeholder);
  return schema.default === undefined || typeof schema.default === "object" ? undefined : String(schema.default);
}

const textOf = (value: JsonValue | undefined): string =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

export function TextField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const { props } = useDraft(textOf(value), (text) => set(text));
  return (
    <ConfigField path={path} schema={schema}>
      <Input {...props} readOnly={useReadOnly()} placeholder={usePlaceholder(schema)} />
    </ConfigField>
  );
}

export function LongTextField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const { props } = useDraft(textOf(value), (text) => set(text));
  return (
    <ConfigField path={path} schema={schema}>
      <Textarea {...props} readOnly={useReadOnly()} placeholder={usePlaceholder(schema)} />
    </ConfigField>
  );
}

/** A number; what isn't one stays in the field and is told there. Empty takes the setting away. */
export function NumberField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const commit = (text: string) => {
    const number = Number(text.replace(",", "."));
    if (text.trim() === "") set(undefined);
    else set(Number.isFinite(number) ? number : text);
  };
  const { props } = useDraft(textOf(value), commit);
  return (
    <ConfigField path={path} schema={schema}>
      <Input {...props} inputMode="decimal" readOnly={useReadOnly()} placeholder={usePlaceholder(schema)} />
    </ConfigField>
  );
}

export function BooleanField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  return (
    <ConfigField path={path} schema={schema}>
      <Switch checked={(value ?? schema.default) === true} onChange={set} disabled={useReadOnly()} />
    </ConfigField>
  );
}

export function EnumField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const options = useChoices(schema);
  return (
    <ConfigField path={path} schema={schema}>
      <Select
        value={textOf(value ?? schema.default) || undefined}
        onChange={(text) => set((schema.enum ?? []).find((option) => String(option) === text))}
        options={options}
        disabled={useReadOnly()}
      />
    </ConfigField>
  );
}

/** Some of a few words, each with a box to tick. They are written in the schema's order. */
export function ChoicesField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const readOnly = useReadOnly();
  const { items = {}, default: usual } = schema;
  const options = useChoices({ ...items, heddle: schema["heddle"] ?? {} });
  const chosen = [value ?? usual ?? []].flat();
  const toggle = (word: string, on: boolean) =>
    set((items.enum ?? []).filter((each) => (each === word ? on : chosen.includes(each))));
  return (
    <ConfigField path={path} schema={schema} group>
      <div className="flex flex-col gap-1.5">
        {options.map(({ value: word, label, hint }) => (
          <label key={word} className="flex items-center gap-2 text-13">
            <Checkbox checked={chosen.includes(word)} onChange={(on) => toggle(word, on)} disabled={readOnly} />
            {label}
            {hint && <span className="text-12 text-ink-3">{hint}</span>}
          </label>
        ))}
      </div>
    </ConfigField>
  );
}

/** A list of words, one a line. */
export function WordsField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const { t } = useTranslation("inspector");
  const lines = Array.isArray(value) ? value.map(textOf).join("\n") : "";
  const { props } = useDraft(lines, (text) => {
    const words = text.split("\n").filter((line) => line.trim() !== "");
    set(words.length > 0 ? words : undefined);
  });
  return (
    <ConfigField path={path} schema={schema} aside={t("form.onePerLine")}>
      <Textarea {...props} readOnly={useReadOnly()} />
    </ConfigField>
  );
}

/** Settings that belong together, side by side. */
export function ObjectField({ path, schema }: WidgetProps) {
  return (
    <div role="group" aria-label={useFieldLabel(schema, path)} className="flex flex-col gap-1.5">
      <div className="text-12 font-semibold text-ink">{useFieldLabel(schema, path)}</div>
      <div className="grid grid-cols-2 gap-2.5 rounded-[8px] border border-line-2 p-2.5">
        <SchemaFields schema={schema} path={path} />
      </div>
    </div>
  );
}

/** Any value, as JSON. Text that isn't JSON yet is kept here and not written. */
export function JsonField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  return (
    <ConfigField path={path} schema={schema} group>
      <JsonInput value={value} onChange={set} label={useFieldLabel(schema, path)} />
    </ConfigField>
  );
}

export function JsonInput({
  value,
  onChange,
  label,
}: {
  value: JsonValue | undefined;
  onChange: (value: JsonValue | undefined) => void;
  label: string;
}) {
  const { t } = useTranslation("inspector");
  const [wrong, setWrong] = useState(false);
  const { props } = useDraft(value === undefined ? "" : JSON.stringify(value, null, 2), (text) => {
    try {
      onChange(text.trim() === "" ? undefined : (JSON.parse(text) as JsonValue));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  });
  return (
    <Field label={<span className="sr-only">{label}</span>} problem={wrong && t("form.notJson")}>
      <Textarea {...props} mono spellCheck={false} readOnly={useReadOnly()} />
    </Field>
  );
}

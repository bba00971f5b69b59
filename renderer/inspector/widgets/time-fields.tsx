import { fieldHints } from "../../document/field-hints.ts";
import { useText } from "../../i18n/index.ts";
import { Input } from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";
import { DurationInput } from "./duration-input.tsx";
import { localTime, withOffset } from "./local-time.ts";

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? `${value}ms` : "";

/** A length of time. */
export function DurationField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const text = useText();
  const { placeholder } = fieldHints(schema);
  return (
    <ConfigField path={path} schema={schema} group>
      <DurationInput
        value={textOf(value)}
        onChange={(next) => set(next === "" ? undefined : next)}
        placeholder={placeholder ? text(placeholder) : textOf(schema.default)}
      />
    </ConfigField>
  );
}

/** A moment: chosen on a calendar in the reader's own time zone, kept with its offset so that it means the same everywhere. */
export function DateTimeField({ path, schema }: WidgetProps) {
  const [value, set] = useConfig(path);
  const written = textOf(value);
  const shown = written === "" ? "" : localTime(written);
  const { props } = useDraft(shown ?? written, (next) =>
    set(next === "" ? undefined : shown === undefined ? next : withOffset(next)),
  );
  return (
    <ConfigField path={path} schema={schema} aside={new Intl.DateTimeFormat().resolvedOptions().timeZone}>
      <Input {...props} type={shown === undefined ? "text" : "datetime-local"} readOnly={useReadOnly()} />
    </ConfigField>
  );
}

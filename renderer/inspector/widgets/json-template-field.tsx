import { useTranslation } from "react-i18next";
import { isJsonObject, type JsonSchema, type JsonValue } from "../../../engine/lib/json.ts";
import { Select } from "../../ui/index.ts";
import { Field } from "../../ui/index.ts";
import { ConfigField, useFieldLabel } from "../form/config-field.tsx";
import { useConfig, useReadOnly, type FieldPath } from "../form/form-context.tsx";
import type { WidgetProps } from "../form/widget-props.ts";
import { typeName } from "../variables.ts";
import { KeyValueRows } from "./key-values-field.tsx";
import { JsonInput } from "./plain-fields.tsx";
import { useServerBeside } from "./tool-fields.tsx";
import { ValueInput } from "./value-input.tsx";

type Form = "none" | "fields" | "text" | "json";
const START: Record<Form, JsonValue | undefined> = { none: undefined, fields: {}, text: "", json: [] };

function formOf(value: JsonValue | undefined): Form {
  if (value === undefined) return "none";
  if (typeof value === "string") return "text";
  return isJsonObject(value) ? "fields" : "json";
}

/** Data with references in it: named fields, text, or JSON. A tool's arguments show as the tool's own form. */
export function JsonTemplateField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const [value, set] = useConfig(path);
  const [toolName] = useConfig([...path.slice(0, -1), "tool"]);
  const tool = useServerBeside(path)?.tools.find(({ name }) => name === toolName);
  const readOnly = useReadOnly();
  const label = useFieldLabel(schema, path);
  const form = formOf(value ?? (schema.default as JsonValue | undefined));
  if (tool) {
    return (
      <ConfigField path={path} schema={schema} group>
        <ToolArguments path={path} schema={tool.inputSchema} />
      </ConfigField>
    );
  }
  const forms: Form[] = ["none", "fields", "text", "json"];
  return (
    <ConfigField path={path} schema={schema} group>
      <Select
        value={form}
        label={t("json.form")}
        disabled={readOnly}
        onChange={(next) => next !== form && set(START[next])}
        options={forms
          .filter((each) => each !== "none" || schema.default === undefined)
          .map((each) => ({ value: each, label: t(`json.${each}`) }))}
      />
      <div className="mt-1.5">
        {form === "fields" && <KeyValueRows path={path} />}
        {form === "text" && <ValueInput path={path} schema={{ type: "string" }} label={label} long />}
        {form === "json" && <JsonInput value={value} onChange={set} label={label} />}
      </div>
    </ConfigField>
  );
}

/** A form made of a tool's own schema; every field takes references. */
function ToolArguments({ path, schema }: { path: FieldPath; schema: JsonSchema }) {
  const { t } = useTranslation("inspector");
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return <p className="text-12 text-ink-3">{t("tools.noArguments")}</p>;
  return (
    <div className="flex flex-col gap-2.5 rounded-[8px] border border-line-2 p-2.5">
      {fields.map(([name, field]) => (
        <Field
          key={name}
          label={<span className="font-mono text-11">{name}</span>}
          aside={t(`types.${typeName(field)}`)}
          help={field.description}
          {...(!schema.required?.includes(name) && { optional: t("form.optional") })}
        >
          <ValueInput path={[...path, name]} schema={field} placeholder={field.enum?.map(String).join(" · ")} />
        </Field>
      ))}
    </div>
  );
}

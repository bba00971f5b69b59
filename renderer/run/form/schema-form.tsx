import { useTranslation } from "../../i18n/index.ts";
import { Field, Input, Select, Switch, Textarea } from "../../ui/index.ts";
import type { Draft, FieldProblem, SchemaField } from "./schema-fields.ts";

export interface SchemaFormProps {
  fields: readonly SchemaField[];
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** Shown once somebody tried to send the form. */
  problems?: Readonly<Record<string, FieldProblem>>;
}

/** A form for the fields of a JSON Schema. */
export function SchemaForm({ fields, draft, onChange, problems = {} }: SchemaFormProps) {
  return (
    <div className="flex flex-col gap-3">
      {fields.map((field) => (
        <SchemaFormField
          key={field.name}
          field={field}
          value={draft[field.name]}
          problem={problems[field.name]}
          onChange={(value) => onChange({ ...draft, [field.name]: value })}
        />
      ))}
    </div>
  );
}

/** A choice's value for “nothing”: blank, so that reading the form leaves the field out. */
const LEFT_OUT = " ";

interface SchemaFormFieldProps {
  field: SchemaField;
  value: string | boolean | undefined;
  problem: FieldProblem | undefined;
  onChange: (value: string | boolean) => void;
}

function SchemaFormField({ field, value, problem, onChange }: SchemaFormFieldProps) {
  const { t } = useTranslation(["run", "shell"]);
  const optional = !field.required && field.kind !== "boolean" && t("shell:common.optional");
  return (
    <Field
      label={field.label}
      help={field.help}
      problem={problem && t(`form.${problem}`)}
      {...(optional && { optional })}
    >
      <Control field={field} value={value} onChange={onChange} />
    </Field>
  );
}

function Control({ field, value, onChange }: Omit<SchemaFormFieldProps, "problem">) {
  const { t } = useTranslation("run");
  const text = typeof value === "string" ? value : "";
  const typed = { value: text, onChange: (event: { target: { value: string } }) => onChange(event.target.value) };
  switch (field.kind) {
    case "boolean":
      return <Switch checked={value === true} onChange={onChange} />;
    case "choice":
      return (
        <Select
          value={text || undefined}
          onChange={onChange}
          placeholder={t("form.choose")}
          options={[
            ...(field.required ? [] : [{ value: LEFT_OUT, label: t("form.leaveOut") }]),
            ...field.options.map((option) => ({ value: option, label: option })),
          ]}
        />
      );
    case "multiline":
      return <Textarea {...typed} />;
    case "json":
      return <Textarea mono {...typed} spellCheck={false} placeholder={t("form.json")} />;
    case "number":
    case "integer":
      return <Input inputMode="decimal" {...typed} />;
    case "text":
      return <Input {...typed} />;
  }
}

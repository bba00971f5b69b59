import { z } from "zod";
import { field as hinted } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import type { Text } from "../../engine/lib/text.ts";

/** What the form of a flow may ask for. */
export const FIELD_TYPES = ["string", "number", "boolean", "choice", "json"] as const;

/** One field of a flow's form, as it is written. */
const writtenField = z.object({
  type: hinted(z.enum(FIELD_TYPES), {
    label: { en: "Type", zh: "类型" },
    choices: {
      string: { en: "Text", zh: "文本" },
      number: { en: "Number", zh: "数字" },
      boolean: { en: "Yes or no", zh: "是或否" },
      choice: { en: "Choice", zh: "选项" },
      json: { en: "Any data", zh: "任意数据" },
    },
  }),
  label: hinted(z.string().optional(), {
    label: { en: "Label", zh: "标签" },
    help: { en: "What the form calls it.", zh: "表单中显示的名称。" },
  }),
  help: hinted(z.string().optional(), { label: { en: "Hint", zh: "提示" } }),
  multiline: hinted(z.boolean().optional(), { label: { en: "Several lines", zh: "多行文本" } }),
  optional: hinted(z.boolean().optional(), { label: { en: "May be left out", zh: "可不填" } }),
  choices: hinted(z.array(z.string().min(1)).optional(), { label: { en: "Choices", zh: "选项" } }),
  default: hinted(z.json().optional(), {
    label: { en: "Default", zh: "默认值" },
    help: { en: "Used where the input leaves the field out.", zh: "未填写时使用。" },
  }),
  example: hinted(z.string().optional(), {
    label: { en: "Example", zh: "示例" },
    help: {
      en: "What the studio’s own form starts with. Callers still have to send the field.",
      zh: "工作室表单中预填的内容；调用方仍需提供该字段。",
    },
  }),
});
export type FormField = z.infer<typeof writtenField>;
export type FormFields = Readonly<Record<string, FormField>>;

const NO_CHOICES: Text = {
  en: "A choice needs words to choose from. Add at least one.",
  zh: "选项字段需要可选的词，请至少添加一个。",
};
const WRONG_DEFAULT: Text = { en: "The default doesn’t fit the field’s type.", zh: "默认值与字段类型不符。" };

/** One field of a flow's form. */
export const formFieldSchema = writtenField.superRefine((field, issues) => {
  if (field.type === "choice" && !field.choices?.length) {
    issues.addIssue({ code: "custom", path: ["choices"], ...issue(NO_CHOICES) });
  } else if (field.default !== undefined && field.default !== null && !isValueOf(field, field.default)) {
    issues.addIssue({ code: "custom", path: ["default"], ...issue(WRONG_DEFAULT) });
  }
});

/** Whether a value that was given fits a field. */
export function isValueOf(field: FormField, value: JsonValue): boolean {
  switch (field.type) {
    case "json":
      return true;
    case "choice":
      return typeof value === "string" && (field.choices ?? []).includes(value);
    default:
      return typeof value === field.type;
  }
}

/** Whether a caller has to send the field. */
export function isRequired(field: FormField): boolean {
  return !field.optional && field.default === undefined;
}

/** The schema of a form's values: what callers send and, with defaults filled in, what later steps read. Fields left out are null. */
export function formSchema(fields: FormFields): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, field] of Object.entries(fields)) {
    properties[name] = {
      ...valueSchema(field),
      title: field.label ?? name,
      ...(field.help && { description: field.help }),
      ...(field.default !== undefined && { default: field.default }),
      ...(field.example !== undefined && { examples: [field.example] }),
      ...(field.multiline && { heddle: { widget: "text-long" } }),
    };
  }
  const required = Object.keys(fields).filter((name) => isRequired(fields[name]!));
  return { type: "object", properties, required, additionalProperties: false };
}

function valueSchema(field: FormField): JsonSchema {
  const nullable = !isRequired(field) && field.default === undefined;
  switch (field.type) {
    case "string":
    case "number":
    case "boolean":
      return { type: nullable ? [field.type, "null"] : field.type };
    case "choice": {
      const choices = field.choices ?? [];
      return nullable ? { type: ["string", "null"], enum: [...choices, null] } : { type: "string", enum: choices };
    }
    case "json":
      return {};
  }
}

import { z } from "zod";
import { NODE_KEY_PATTERN } from "../../engine/lib/ids.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { defineNode, type NodeArguments } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import type { NodeProcess } from "../../engine/node/operation.ts";
import { formFieldSchema, formSchema } from "../io/form-field.ts";
import { readForm } from "../io/form-values.ts";
import { nameList } from "../wording.ts";
import { ask, ASK_FIELDS, deadlineField, ESCALATION_FIELDS } from "./ask.ts";

const config = z.object({
  ...ASK_FIELDS,
  fields: field(z.record(z.string().regex(NODE_KEY_PATTERN), formFieldSchema).default({}), {
    label: { en: "Fields of the form", zh: "表单字段" },
    help: {
      en: "What the person fills in. Later steps read {{ key.name }}.",
      zh: "需要填写的内容。后续步骤用 {{ key.名称 }} 读取。",
    },
    widget: "form-fields",
  }),
  button: field(z.string().default("Send"), { label: { en: "Button", zh: "按钮" }, advanced: true }),
  deadline: deadlineField({
    en: "When nobody filled it in by then, the way “expired” is taken. Empty: it waits for ever.",
    zh: "到时无人填写则走“已过期”出口；留空则一直等待。",
  }),
  ...ESCALATION_FIELDS,
});
type FormConfig = z.infer<typeof config>;

const mayExpire = ({ deadline }: FormConfig): boolean => deadline.trim() !== "";

function* fillIn({ config: written }: NodeArguments<FormConfig>): NodeProcess {
  const { fields, button } = written;
  const answer = yield* ask(written, { choices: [{ id: "send", label: button }], form: formSchema(fields) });
  if (answer) return { output: readForm(fields, answer.values), port: "out" };
  return { output: Object.fromEntries(Object.keys(fields).map((name) => [name, null])), port: "expired" };
}

/** What was filled in; everything is empty where nobody did in time. */
function valuesSchema(written: FormConfig): JsonSchema {
  const schema = formSchema(written.fields);
  const names = Object.keys(written.fields);
  if (!mayExpire(written)) return { ...schema, required: names };
  const properties = Object.entries(schema.properties!).map(([name, { default: _, ...value }]) => [
    name,
    { anyOf: [value, { type: "null" }] },
  ]);
  return { ...schema, properties: Object.fromEntries(properties), required: names };
}

/** Asks a person to fill in a form. */
export const form = defineNode<FormConfig>({
  role: "step",
  type: "form",
  version: 1,
  family: "people",
  icon: "form-input",
  title: { en: "Form for a person", zh: "人工表单" },
  description: { en: "Asks a person to fill something in.", zh: "请人填写内容。" },
  docs: {
    en: `Asks a person for something that the flow can’t know: a missing number, a decision in words, a corrected draft. The form appears in the studio’s **inbox**; the
run rests meanwhile, costs nothing and survives restarts.

The fields are those of **Start**: text, number, yes or no, a choice, any data. What doesn’t fit is refused at once, in words, and the form stays open.

- **Deadline**: when nobody filled it in by then, the way *expired* is taken, and every field is empty.
- **Hand over**: after a while the form goes to somebody else.

Later steps read \`{{ key.name }}\`, with its type.`,
    zh: `请人提供流程无法得知的内容：缺少的数字、文字说明、修改后的草稿。表单显示在工作室的**收件箱**中；其间运行处于休眠，不占资源，重启后依然有效。

字段与**开始**相同：文本、数字、是或否、选项、任意数据。不符合要求的内容会立即以文字说明拒绝，表单保持打开。

- **截止时限**：到时无人填写则走*已过期*出口，所有字段为空。
- **转交**：一段时间后表单转给他人。

后续步骤按类型读取 \`{{ key.名称 }}\`。`,
  },
  config,
  initial: {
    title: "",
    details: "",
    assignee: "",
    fields: { reply: { type: "string", label: "Reply", multiline: true } },
    button: "Send",
    deadline: "",
    escalateAfter: "",
    escalateTo: "",
  },
  effects: true,
  output: valuesSchema,
  ports: (written) => [
    { id: "out" },
    ...(mayExpire(written) ? [{ id: "expired", label: { en: "Expired", zh: "已过期" } }] : []),
  ],
  summary({ fields, assignee }) {
    const names = nameList(Object.keys(fields));
    if (names.en === "") return { en: "Asks for nothing yet", zh: "尚未设置字段" };
    if (assignee === "") return { en: `Asks somebody for ${names.en}`, zh: `请人填写 ${names.zh}` };
    return { en: `Asks ${assignee} for ${names.en}`, zh: `请 ${assignee} 填写 ${names.zh}` };
  },
  process: fillIn,
  samples: [
    {
      name: "gives what was filled in, with defaults",
      config: {
        title: "Missing amount",
        details: "",
        assignee: "accounting",
        fields: { amount: { type: "number" }, currency: { type: "choice", choices: ["EUR", "CNY"], default: "EUR" } },
        button: "Send",
        deadline: "",
        escalateAfter: "",
        escalateTo: "",
      },
      answers: [{ choice: "send", values: { amount: 12.5 } }],
      output: { amount: 12.5, currency: "EUR" },
      port: "out",
    },
    {
      name: "is empty after the deadline",
      config: {
        title: "Missing amount",
        details: "",
        assignee: "",
        fields: { amount: { type: "number" } },
        button: "Send",
        deadline: "5ms",
        escalateAfter: "",
        escalateTo: "",
      },
      output: { amount: null },
      port: "expired",
    },
  ],
});

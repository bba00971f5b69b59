import { z } from "zod";
import { NODE_KEY_PATTERN } from "../../engine/lib/ids.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { nameList } from "../wording.ts";
import { formFieldSchema, formSchema } from "./form-field.ts";
import { readForm } from "./form-values.ts";

const config = z.object({
  fields: field(z.record(z.string().regex(NODE_KEY_PATTERN), formFieldSchema).default({}), {
    label: { en: "Fields of the form", zh: "表单字段" },
    help: {
      en: "What the flow needs to begin. Later steps read {{ start.name }}.",
      zh: "流程开始时需要的内容。后续步骤用 {{ start.name }} 读取。",
    },
    widget: "form-fields",
  }),
});

/** Where a run begins: checks the run's input against a form. */
export const start = defineNode({
  role: "step",
  type: "start",
  version: 1,
  family: "io",
  icon: "arrow-right",
  title: { en: "Start", zh: "开始" },
  description: { en: "Asks for what the flow needs.", zh: "收集流程所需的输入。" },
  docs: {
    en: `Every flow begins here. Name the fields that a person fills in, or that a program sends.

- A field is **text**, a **number**, **yes or no**, a **choice** among words, or **any data** (JSON).
- A field without a default must be given, unless it *may be left out*; it is then empty (\`null\`).
- Later steps read \`{{ start.message }}\`.

A run whose input doesn’t fit the form stops here and says which field is wrong.`,
    zh: `每个流程都从这里开始。在此列出需要人填写、或由程序发送的字段。

- 字段可以是**文本**、**数字**、**是或否**、若干词中的**选项**，或**任意数据**（JSON）。
- 没有默认值的字段必须填写；标为“可不填”的字段留空时为 \`null\`。
- 后续步骤用 \`{{ start.message }}\` 读取。

输入不符合表单时，运行会在此停止，并指出哪个字段有误。`,
  },
  config,
  initial: { fields: { message: { type: "string", label: "Message", multiline: true } } },
  hasInput: false,
  trigger: "manual",
  effects: false,
  output: ({ fields }) => formSchema(fields),
  summary({ fields }) {
    const names = Object.keys(fields);
    if (names.length === 0) return { en: "Starts without a form", zh: "无需填写，直接开始" };
    const list = nameList(names);
    return { en: `Asks for ${list.en}`, zh: `需要 ${list.zh}` };
  },
  run: ({ config, input }) => ({ output: readForm(config.fields, input) }),
  samples: [
    {
      name: "fills in defaults and leaves optional fields empty",
      config: {
        fields: {
          message: { type: "string", multiline: true },
          priority: { type: "choice", choices: ["low", "high"], default: "low" },
          amount: { type: "number", optional: true },
        },
      },
      input: { message: "Where is my parcel?" },
      output: { message: "Where is my parcel?", priority: "low", amount: null },
    },
    { name: "needs no form", config: { fields: {} }, input: {}, output: {} },
  ],
});

import { z } from "zod";
import { defineNode } from "../../engine/node/define.ts";
import { issue } from "../../engine/node/issue.ts";
import { field, modelRole, template } from "../../engine/node/fields.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import type { Text } from "../../engine/lib/text.ts";
import { nameList } from "../wording.ts";
import { generate } from "./generate.ts";
import { classifyPrompt } from "./prompts.ts";
import { HISTORY_FIELD } from "./history.ts";
import { MODEL_FIELD } from "./sampling.ts";

const TWO_LABELS: Text = { en: "A choice needs at least two labels.", zh: "至少需要两个标签才能分类。" };

const config = z.object({
  model: modelRole(MODEL_FIELD),
  text: template({
    label: { en: "Text", zh: "文本" },
    help: { en: "What is sorted.", zh: "要分类的内容。" },
    long: true,
  }),
  labels: field(
    z
      .record(z.string().min(1).max(60), z.string())
      .refine((labels) => Object.keys(labels).length >= 2, issue(TWO_LABELS)),
    {
      label: { en: "Labels", zh: "标签" },
      help: { en: "Each with what it means: the model reads both.", zh: "每个标签写明含义，模型会一并阅读。" },
      widget: "labels",
    },
  ),
  instructions: template({
    label: { en: "More instructions", zh: "补充说明" },
    help: { en: "How to decide unclear cases.", zh: "含糊情况如何判断。" },
    long: true,
    advanced: true,
  }).optional(),
  ...HISTORY_FIELD,
});

function labelSchema(labels: Readonly<Record<string, string>>): JsonSchema {
  return {
    type: "object",
    properties: { label: { type: "string", enum: Object.keys(labels) } },
    required: ["label"],
    additionalProperties: false,
  };
}

/** Sorts a text under one of the labels. */
export const classifier = defineNode({
  role: "step",
  type: "classifier",
  version: 1,
  family: "models",
  icon: "tags",
  title: { en: "Classify", zh: "分类" },
  description: { en: "Sorts a text under one of your labels.", zh: "把文本归入你设定的某个标签。" },
  docs: {
    en: `Asks a model which of the labels fits a text best. The answer is always one of them: the model can’t write anything else.

Give each label a short name and say what it means. An \`other\` label takes what fits nowhere.

Later steps read \`{{ key.label }}\`; a **Condition** turns it into ways on: \`triage.label == "billing"\`.`,
    zh: `请模型判断哪个标签最符合文本。结果必定是其中之一：模型无法写出别的内容。

为每个标签起一个短名称，并说明含义。用 \`other\` 标签接住无法归类的内容。

后续步骤读取 \`{{ key.label }}\`；用**条件**把它变成不同出口：\`triage.label == "billing"\`。`,
  },
  config,
  initial: {
    model: "default",
    text: "{{ start.message }}",
    labels: {
      billing: "invoices, charges and payments",
      technical: "errors, crashes and bugs",
      other: "anything else",
    },
  },
  effects: true,
  output: ({ labels }) => labelSchema(labels),
  summary({ model, labels }) {
    const names = nameList(Object.keys(labels), 5);
    return { en: `Asks **${model}** for one label: ${names.en}`, zh: `请 **${model}** 选一个标签：${names.zh}` };
  },
  async run({ config }, ctx) {
    const { model, text, labels, instructions, history } = config;
    const prompt = classifyPrompt({ text, labels, instructions });
    const reply = await generate(ctx, {
      model,
      ...prompt,
      ...(history !== undefined && { history }),
      schema: labelSchema(labels),
      temperature: 0,
      silent: true,
    });
    return { output: reply.value };
  },
  samples: [
    {
      name: "sorts a ticket",
      config: {
        model: "default",
        text: "{{ start.message }}",
        labels: {
          billing: "invoices, charges and payments",
          technical: "errors, crashes and bugs",
          account: "login, password and profile",
        },
      },
      scope: { start: { message: "Hi, you charged my card two times for the March invoice. Can you sort this out?" } },
      output: { label: "billing" },
    },
  ],
});

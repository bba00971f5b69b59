import { z } from "zod";
import { defineNode } from "../../engine/node/define.ts";
import { template } from "../../engine/node/fields.ts";
import { excerpt, same } from "../wording.ts";

const config = z.object({
  text: template({
    label: { en: "Text", zh: "文本" },
    placeholder: { en: "Dear {{ details.name }}, …", zh: "{{ details.name }}，您好……" },
    long: true,
  }),
});

/** Puts a text together from words and references. */
export const textTemplate = defineNode({
  role: "step",
  type: "template",
  version: 1,
  family: "data",
  icon: "pilcrow",
  title: { en: "Compose text", zh: "拼写文本" },
  description: { en: "Puts a text together from earlier steps.", zh: "用前面步骤的结果拼成一段文本。" },
  docs: {
    en: `Writes a text once, for several later steps: they read \`{{ key.text }}\`.

Between \`{{\` and \`}}\` stands an expression: \`{{ details.amount * 2 }}\`, \`{{ start.name.upperAscii() }}\`,
\`{{ default(details.order, "unknown") }}\`. Empty values become empty text; lists and objects become JSON.`,
    zh: `把一段文本写好，供后面多个步骤使用：它们读取 \`{{ key.text }}\`。

\`{{\` 和 \`}}\` 之间是表达式：\`{{ details.amount * 2 }}\`、\`{{ default(details.order, "未知") }}\`。空值显示为空文本；列表和对象显示为 JSON。`,
  },
  config,
  initial: { text: "" },
  effects: false,
  output: () => ({
    type: "object",
    properties: { text: { type: "string" } },
    required: ["text"],
    additionalProperties: false,
  }),
  summary: ({ text }) => (text.trim() === "" ? { en: "Writes nothing yet", zh: "尚未填写内容" } : same(excerpt(text))),
  run: ({ config }) => ({ output: { text: config.text } }),
  samples: [
    {
      name: "fills in references",
      config: { text: "Dear {{ who.name }}, you paid {{ who.amount }}." },
      scope: { who: { name: "Ada", amount: 49.9 } },
      output: { text: "Dear Ada, you paid 49.9." },
    },
    {
      name: "an empty value is empty text",
      config: { text: "[{{ who.name }}]" },
      scope: { who: { name: null } },
      output: { text: "[]" },
    },
  ],
});

import { z } from "zod";
import { defineNode } from "../../engine/node/define.ts";
import { template } from "../../engine/node/fields.ts";
import { excerpt, same } from "../wording.ts";

const config = z.object({
  text: template({
    label: { en: "Answer", zh: "回答" },
    help: {
      en: "References to a model’s text appear word by word while it writes.",
      zh: "引用模型文本时，会随生成逐字显示。",
    },
    placeholder: { en: "{{ reply.text }}", zh: "{{ reply.text }}" },
    long: true,
  }),
});

/** What the run says to whoever started it. The executor streams its references as they arrive. */
export const answer = defineNode({
  role: "step",
  type: "answer",
  version: 1,
  family: "io",
  icon: "message-square-reply",
  title: { en: "Answer", zh: "回答" },
  description: { en: "Gives the flow’s result, word by word.", zh: "逐字给出流程的结果。" },
  docs: {
    en: `What the flow says in the end: in the chat, in the run panel, to whoever called it over HTTP.

Mix your own words with references. A reference to a step that writes text, like \`{{ reply.text }}\`, streams: the answer
grows while the model writes.

A flow with several branches may have one answer in each. The run’s output is \`{ text }\`. For data with fields and types, end with a **Result** instead.`,
    zh: `流程最终给出的内容：显示在对话、运行面板中，或返回给 HTTP 调用方。

可以把文字和引用混在一起写。引用会写文本的步骤（如 \`{{ reply.text }}\`）时会流式输出：模型一边写，回答一边增长。

有多个分支的流程可以在每个分支各放一个回答。运行的输出为 \`{ text }\`。需要带字段和类型的数据时，请改用**结果**。`,
  },
  config,
  initial: { text: "" },
  effects: false,
  answers: { field: "text", output: "text" },
  output: () => ({
    type: "object",
    properties: { text: { type: "string" } },
    required: ["text"],
    additionalProperties: false,
  }),
  summary: ({ text }) => (text.trim() === "" ? { en: "Says nothing yet", zh: "尚未填写内容" } : same(excerpt(text))),
  run: ({ config }) => ({ output: { text: config.text } }),
  samples: [
    { name: "plain words", config: { text: "Thank you." }, output: { text: "Thank you." } },
    {
      name: "words and references",
      config: { text: "Order {{ order.id }}: {{ order.status }}." },
      scope: { order: { id: "A-17", status: "shipped" } },
      output: { text: "Order A-17: shipped." },
    },
  ],
});

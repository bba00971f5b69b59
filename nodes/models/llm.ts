import { z } from "zod";
import { defineNode } from "../../engine/node/define.ts";
import { field, modelRole, template } from "../../engine/node/fields.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { nameList } from "../wording.ts";
import { generate } from "./generate.ts";
import { HISTORY_FIELD } from "./history.ts";
import { outputSchema, TEXT_OUTPUT } from "./output-schema.ts";
import { MODEL_FIELD, SAMPLING_FIELDS } from "./sampling.ts";

const config = z.object({
  model: modelRole(MODEL_FIELD),
  system: template({
    label: { en: "Instructions", zh: "指令" },
    help: { en: "Who the model is and how it should answer.", zh: "模型的身份，以及应当如何回答。" },
    long: true,
  }).default(""),
  prompt: template({
    label: { en: "Prompt", zh: "提示词" },
    help: {
      en: "What it is asked. Type {{ to insert an earlier result.",
      zh: "向模型提出的内容。输入 {{ 可插入前面的结果。",
    },
    long: true,
  }),
  ...HISTORY_FIELD,
  output: field(outputSchema.optional(), {
    label: { en: "Answer as", zh: "回答形式" },
    help: {
      en: "Leave empty for text. With fields, the model can only answer in that form, and later steps read them by name.",
      zh: "留空则回答文本。设定字段后，模型只能按此格式回答，后续步骤可按名称读取。",
    },
    widget: "schema",
  }),
  ...SAMPLING_FIELDS,
});

/** Asks a model once: text, or data with a promised form. */
export const llm = defineNode({
  role: "step",
  type: "llm",
  version: 1,
  family: "models",
  icon: "text",
  title: { en: "Ask a model", zh: "询问模型" },
  description: { en: "Writes text, or fills in fields, with a language model.", zh: "用语言模型写文本，或填写字段。" },
  docs: {
    en: `Sends instructions and a prompt to a language model.

- **Text**: later steps read \`{{ key.text }}\`. It streams, so an answer that refers to it grows word by word.
- **Fields**: give the answer a form, and the model can’t leave it (its words are held to a grammar). Later steps read
  \`{{ key.your_field }}\`, with its type.

**Conversation so far** puts earlier messages before the prompt: with \`chat.history\`, the model knows what was said in a chat.

*Temperature* 0 gives the same answer each time; higher values vary it. *At most tokens* cuts long answers: for answers with
fields leave enough room, since a cut one can’t be read.`,
    zh: `把指令和提示词发送给语言模型。

- **文本**：后续步骤读取 \`{{ key.text }}\`。内容流式输出，引用它的回答会逐字增长。
- **字段**：为回答规定格式后，模型无法偏离（由语法约束）。后续步骤按类型读取 \`{{ key.字段名 }}\`。

**对话历史**把之前的消息放在提示词之前：填 \`chat.history\`，模型就知道聊天中说过什么。

*温度*为 0 时每次回答相同，数值越高变化越大。*token 上限*会截断过长的回答：带字段的回答请留足余量，被截断就无法读取。`,
  },
  config,
  initial: { model: "default", system: "", prompt: "{{ start.message }}" },
  effects: true,
  streams: "text",
  output: ({ output }) => output ?? TEXT_OUTPUT,
  summary({ model, output }) {
    if (!output) return { en: `Asks **${model}** for text`, zh: `请 **${model}** 写文本` };
    const names = nameList(Object.keys(output.properties ?? {}));
    return { en: `Asks **${model}** for ${names.en}`, zh: `请 **${model}** 给出 ${names.zh}` };
  },
  async run({ config }, ctx) {
    const { output: schema, ...call } = config;
    const reply = await generate(ctx, { ...call, ...(schema && { schema }) });
    return { output: schema ? reply.value : { text: reply.text } };
  },
  samples: [
    {
      name: "writes text",
      config: {
        model: "default",
        system: "You are a helpful assistant.",
        prompt: "{{ start.message }}",
        temperature: 0,
        maxTokens: 60,
      },
      scope: { start: { message: "Hello" } },
    },
    {
      name: "knows what was said before",
      config: {
        model: "default",
        system: "You are a helpful assistant.",
        prompt: "{{ chat.message }}",
        history: "chat.history",
        temperature: 0,
        maxTokens: 60,
      },
      scope: {
        chat: {
          message: "Thank you",
          history: [
            { role: "user", text: "Hello" },
            { role: "assistant", text: "Hello, how can I help?" },
          ],
        },
      },
    },
    {
      name: "fills in the fields of a schema",
      config: {
        model: "default",
        system: "Decide whether the ticket is urgent or normal. Reply as JSON with the field priority.",
        prompt: "The whole office cannot work because the server is down, please fix this immediately!",
        temperature: 0,
        maxTokens: 60,
        output: priorities(),
      },
    },
  ],
});

function priorities(): JsonSchema {
  return {
    type: "object",
    properties: { priority: { type: "string", enum: ["urgent", "normal"] } },
    required: ["priority"],
    additionalProperties: false,
  };
}

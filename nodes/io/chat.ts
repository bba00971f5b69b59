import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { readTurns, TURNS_SCHEMA } from "../models/history.ts";

const chatConfig = z.object({
  turns: field(z.int().min(0).max(200).default(20), {
    label: { en: "Memory", zh: "记忆" },
    help: {
      en: "How many earlier messages of the conversation the flow is given. 0: none.",
      zh: "流程可读取多少条之前的消息；0 表示不记忆。",
    },
  }),
  greeting: field(z.string().default(""), {
    label: { en: "Greeting", zh: "欢迎语" },
    help: {
      en: "What the chat shows before the first message. Nothing runs for it.",
      zh: "首条消息之前显示的内容，不会触发运行。",
    },
    placeholder: { en: "Hello! How can I help?", zh: "你好！有什么可以帮你？" },
    widget: "text-long",
  }),
  examples: field(z.array(z.string().min(1)).max(6).default([]), {
    label: { en: "Examples", zh: "示例问题" },
    help: { en: "Offered as buttons below the greeting.", zh: "在欢迎语下方以按钮显示。" },
    advanced: true,
  }),
});
export type ChatConfig = z.infer<typeof chatConfig>;

const CONVERSATION_HELP = {
  en: "Its id: the same for every message of it.",
  zh: "对话的 ID：同一对话的每条消息都相同。",
};

/** What a chat message brings: only `message` must be sent. */
const CHAT_SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    message: {
      type: "string",
      title: "Message",
      heddle: { widget: "text-long", label: { en: "Message", zh: "消息" } },
    },
    conversation: {
      type: "string",
      title: "Conversation",
      default: "",
      description: CONVERSATION_HELP.en,
      heddle: { label: { en: "Conversation", zh: "对话" }, help: CONVERSATION_HELP },
    },
    history: {
      ...TURNS_SCHEMA,
      title: "History",
      default: [],
      heddle: {
        label: { en: "History", zh: "历史消息" },
        help: { en: "The messages before this one, oldest first.", zh: "此前的消息，按时间先后排列。" },
      },
    },
  },
  required: ["message"],
  additionalProperties: false,
};

function readMessage(input: JsonValue): JsonObject & { message: string } {
  if (isJsonObject(input) && typeof input["message"] === "string") return input as JsonObject & { message: string };
  throw new HeddleError("input.missing", { field: "message" });
}

/** Begins a run for each message of a chat. */
export const chat = defineNode<ChatConfig>({
  role: "step",
  type: "chat",
  version: 1,
  family: "io",
  icon: "messages-square",
  title: { en: "Chat message", zh: "聊天消息" },
  description: { en: "Begins with each message of a conversation.", zh: "对话中的每条消息都会触发。" },
  docs: {
    en: `The flow runs once for each message that somebody writes in its chat; what it **answers** is the reply.

- \`{{ key.message }}\` is what was written.
- \`{{ key.history }}\` holds the messages before it, oldest first, as \`{ role, text }\`. Choose it as *Conversation so far* of a model step or an agent,
  and the model knows what was said. **Memory** limits how far back it goes: longer memories cost more tokens with every message.
- \`{{ key.conversation }}\` is the same for every message of one conversation: a key for your own records.

Conversations are kept in the project on this computer and can be read and removed in the chat panel.`,
    zh: `每当有人在聊天中写一条消息，流程就运行一次；它的**回答**就是回复。

- \`{{ key.message }}\` 是写下的内容。
- \`{{ key.history }}\` 按时间先后保存之前的消息，格式为 \`{ role, text }\`。在模型步骤或智能体中把它选为“对话历史”，模型就知道之前说过什么。**记忆**限制可回溯多远：越长，每条消息消耗的 token 越多。
- \`{{ key.conversation }}\` 在同一对话中保持不变，可作为你自己记录的键。

对话保存在本机的项目中，可在聊天面板中查看和删除。`,
  },
  config: chatConfig,
  initial: { turns: 20, greeting: "", examples: [] },
  hasInput: false,
  trigger: "chat",
  effects: false,
  output: () => CHAT_SCHEMA,
  summary: ({ turns }) =>
    turns === 0
      ? { en: "For each message, without memory", zh: "每条消息触发，不带记忆" }
      : { en: `For each message, with the last **${turns}**`, zh: `每条消息触发，附最近 **${turns}** 条` },
  run({ config: { turns }, input }) {
    const { message, conversation, history } = readMessage(input);
    const earlier = readTurns(history ?? null);
    return {
      output: {
        message,
        conversation: typeof conversation === "string" ? conversation : "",
        history: turns === 0 ? [] : earlier.slice(-turns),
      },
    };
  },
  samples: [
    {
      name: "remembers as far back as it shall",
      config: { turns: 2, greeting: "", examples: [] },
      input: {
        message: "And tomorrow?",
        conversation: "c1",
        history: [
          { role: "user", text: "Hi" },
          { role: "user", text: "Are you open today?" },
          { role: "assistant", text: "Yes, until six." },
        ],
      },
      output: {
        message: "And tomorrow?",
        conversation: "c1",
        history: [
          { role: "user", text: "Are you open today?" },
          { role: "assistant", text: "Yes, until six." },
        ],
      },
      port: "out",
    },
    {
      name: "begins a conversation",
      config: { turns: 20, greeting: "Hello!", examples: [] },
      input: { message: "Hi" },
      output: { message: "Hi", conversation: "", history: [] },
    },
  ],
});

import { z } from "zod";
import { field, modelRole, template } from "../../engine/node/fields.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { HISTORY_FIELD } from "../models/history.ts";
import { MODEL_FIELD, SAMPLING_FIELDS } from "../models/sampling.ts";

const limitsSchema = z.object({
  turns: field(z.int().min(1).max(50).default(6), {
    label: { en: "Turns", zh: "轮数" },
    help: { en: "How often the model may be asked.", zh: "最多询问模型几次。" },
  }),
  tokens: field(z.int().min(100).default(20_000), {
    label: { en: "Tokens", zh: "token 数" },
    help: { en: "Read and written, over all turns.", zh: "所有轮次读写的总数。" },
  }),
  toolCalls: field(z.int().min(0).max(500).default(30), {
    label: { en: "Tool calls", zh: "工具调用" },
    help: { en: "Over all turns.", zh: "所有轮次合计。" },
  }),
});

export const agentConfig = z.object({
  model: modelRole(MODEL_FIELD),
  instructions: template({
    label: { en: "Instructions", zh: "指令" },
    help: { en: "Who the agent is, what it is for and what it must not do.", zh: "智能体的身份、职责和禁忌。" },
    long: true,
    mayBeEmpty: true,
  }),
  message: template({
    label: { en: "Message", zh: "消息" },
    help: { en: "What it works on now.", zh: "此次要处理的内容。" },
    long: true,
  }),
  limits: field(limitsSchema.prefault({}), { label: { en: "At most", zh: "上限" } }),
  atLimit: field(z.enum(["error", "answer"]).default("error"), {
    label: { en: "At a limit", zh: "到达上限时" },
    choices: { error: { en: "Fail", zh: "报错" }, answer: { en: "Answer from what it has", zh: "用已有内容作答" } },
    help: {
      en: "error: the step fails. answer: it is asked once more, without tools, for an answer from what it has.",
      zh: "error：步骤失败；answer：不带工具再询问一次，让它用已有内容作答。",
    },
    advanced: true,
  }),
  toolChoice: field(z.enum(["auto", "required", "none"]).default("auto"), {
    label: { en: "Use of tools", zh: "工具使用" },
    choices: {
      auto: { en: "As it sees fit", zh: "自行判断" },
      required: { en: "A tool first", zh: "必须先用工具" },
      none: { en: "No tools", zh: "不使用工具" },
    },
    help: {
      en: "auto: as it sees fit. required: it has to begin with a tool (models on this computer may not obey). none: it may use none.",
      zh: "auto：自行判断；required：必须先用工具（本机模型可能不遵守）；none：不使用工具。",
    },
    advanced: true,
  }),
  ...HISTORY_FIELD,
  ...SAMPLING_FIELDS,
});
export type AgentConfig = z.infer<typeof agentConfig>;

const CALL: JsonSchema = {
  type: "object",
  properties: {
    server: { type: "string" },
    tool: { type: "string" },
    arguments: { type: "object" },
    result: {},
    error: { type: "string" },
  },
  required: ["tool", "arguments", "result"],
  additionalProperties: false,
};

export const AGENT_OUTPUT: JsonSchema = {
  type: "object",
  properties: {
    text: { type: "string", description: "The agent’s answer." },
    toolCalls: { type: "array", items: CALL, description: "The tools it used, in order." },
    turns: { type: "integer", description: "How often the model was asked." },
    limited: { type: "boolean", description: "It answered because a limit was reached." },
  },
  required: ["text", "toolCalls", "turns", "limited"],
  additionalProperties: false,
};

export const AGENT_DOCS = {
  en: `Gives a model tools and lets it work until it has an answer: it calls a tool, reads the result, thinks again.

**Tools**: put a *Tools from a server* step on the canvas and drag it onto this agent. Several servers may be bound.

**Limits**: the agent stops with an error when it needs more turns, tokens or tool calls than allowed; connect the *error* way out to
handle that, or let it answer from what it has (*At a limit*). A tool that fails doesn’t stop the agent: it reads the error and may try something else.

**Conversation so far**: with \`chat.history\` the agent knows what was said in a chat.

Each question to the model and each tool call is recorded as a step of its own: after a crash the run goes on behind the last
one. Later steps read \`{{ key.text }}\`, \`{{ key.toolCalls }}\` and \`{{ key.turns }}\`.`,
  zh: `把工具交给模型，让它一直工作到得出答案：调用工具、阅读结果、继续思考。

**工具**：在画布上放一个“服务器的工具”，拖到此智能体上即可绑定，可绑定多个服务器。

**上限**：超过轮数、token 或工具调用上限时，智能体报错停止；可连接 *error* 出口来处理，或让它用已有内容作答（“到达上限时”）。工具失败不会使智能体停止：它会读到错误并可另想办法。

**对话历史**：填 \`chat.history\`，智能体就知道聊天中说过什么。

每次询问模型、每次调用工具都单独记录为一步：崩溃后从最后一步之后继续。后续步骤读取 \`{{ key.text }}\`、\`{{ key.toolCalls }}\` 和 \`{{ key.turns }}\`。`,
};

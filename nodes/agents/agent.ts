import { defineNode } from "../../engine/node/define.ts";
import { AGENT_DOCS, AGENT_OUTPUT, agentConfig } from "./agent-config.ts";
import { agentLoop } from "./agent-loop.ts";

/** A model that works with tools until it has an answer. */
export const agent = defineNode({
  role: "step",
  type: "agent",
  version: 1,
  family: "agents",
  icon: "bot",
  title: { en: "Agent", zh: "智能体" },
  description: { en: "Solves a task with the tools bound to it.", zh: "用绑定的工具完成任务。" },
  docs: AGENT_DOCS,
  config: agentConfig,
  initial: {
    model: "default",
    instructions: "You are a helpful agent. Use a tool when one fits, otherwise answer yourself.",
    message: "{{ start.message }}",
    limits: { turns: 6, tokens: 20_000, toolCalls: 30 },
    atLimit: "error",
    toolChoice: "auto",
  },
  slots: [{ slot: "tools", accepts: "tools", label: { en: "Tools", zh: "工具" } }],
  effects: true,
  streams: "text",
  output: () => AGENT_OUTPUT,
  summary: ({ model, limits }) => ({
    en: `**${model}** works with its tools, at most ${limits.turns} turns`,
    zh: `**${model}** 使用工具工作，最多 ${limits.turns} 轮`,
  }),
  process: agentLoop,
  samples: [
    {
      name: "answers without tools",
      config: {
        model: "default",
        instructions: "You are a helpful assistant.",
        message: "{{ start.message }}",
        limits: { turns: 2, tokens: 4000, toolCalls: 5 },
        atLimit: "error",
        toolChoice: "auto",
        temperature: 0,
        maxTokens: 60,
      },
      scope: { start: { message: "Hello" } },
    },
    {
      name: "uses a tool of the sample shop",
      config: {
        model: "default",
        instructions: "You are a support agent of a shop. Use a tool when one fits.",
        message: "Where is my order 1042?",
        limits: { turns: 3, tokens: 6000, toolCalls: 5 },
        atLimit: "error",
        toolChoice: "auto",
        temperature: 0,
      },
      bound: { tools: [{ type: "mcp-server", config: { server: "shop", tools: ["lookup_order", "check_stock"] } }] },
    },
  ],
});

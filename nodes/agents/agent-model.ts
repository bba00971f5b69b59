import type {
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolCall,
} from "@ai-sdk/provider";
import { isJsonObject, type JsonObject, type JsonValue } from "../../engine/lib/json.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { readStream } from "../models/model-stream.ts";
import { callerOptions, DEFAULT_MAX_TOKENS } from "../models/sampling.ts";
import type { AgentConfig } from "./agent-config.ts";
import type { OfferedTool } from "./agent-tools.ts";

/** A tool call as the model asked for it. `problem`: its arguments can't be read. */
export type ToolCall = { id: string; name: string; arguments: JsonObject; problem?: string };

/** What one model call said: recorded. */
export type AgentReply = { text: string; calls: ToolCall[]; tokens: number };

/** Asks the model once, streaming what it writes. */
export async function askModel(
  ctx: StepContext,
  request: {
    config: AgentConfig;
    messages: LanguageModelV4Prompt;
    tools: readonly OfferedTool[];
    /** It has to call a tool. */
    mustCall?: boolean;
  },
): Promise<AgentReply> {
  const { config, messages, tools, mustCall } = request;
  const { stream } = await ctx.models.language(config.model).doStream({
    prompt: messages,
    maxOutputTokens: config.maxTokens ?? DEFAULT_MAX_TOKENS,
    ...(config.temperature !== undefined && { temperature: config.temperature }),
    ...(tools.length > 0 && { tools: tools.map(functionTool), toolChoice: { type: mustCall ? "required" : "auto" } }),
    seed: ctx.seed,
    providerOptions: callerOptions(ctx),
    abortSignal: ctx.signal,
  });
  const reply = await readStream(stream, { onText: ctx.emit, onUsage: ctx.addUsage });
  return {
    text: reply.text,
    calls: reply.toolCalls.map(readCall),
    tokens: reply.usage.inputTokens + reply.usage.outputTokens,
  };
}

/** The model's own words and calls, as a message of the conversation that follows. */
export function replyMessage(reply: AgentReply): LanguageModelV4Message {
  const calls = reply.calls.map((call) => ({
    type: "tool-call" as const,
    toolCallId: call.id,
    toolName: call.name,
    input: call.arguments,
  }));
  const words = reply.text === "" ? [] : [{ type: "text" as const, text: reply.text }];
  return { role: "assistant", content: [...words, ...calls] };
}

function functionTool(tool: OfferedTool): LanguageModelV4FunctionTool {
  return {
    type: "function",
    name: tool.name,
    description: tool.description,
    inputSchema: tool.inputSchema as LanguageModelV4FunctionTool["inputSchema"],
  };
}

function readCall(call: LanguageModelV4ToolCall): ToolCall {
  const base = { id: call.toolCallId, name: call.toolName, arguments: {} };
  try {
    const value = (call.input.trim() === "" ? {} : JSON.parse(call.input)) as JsonValue;
    if (isJsonObject(value)) return { ...base, arguments: value };
    return { ...base, problem: "The arguments are not a JSON object." };
  } catch {
    return { ...base, problem: "The arguments are not readable JSON." };
  }
}

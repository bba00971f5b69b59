import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { NodeArguments } from "../../engine/node/define.ts";
import { all, step, type NodeProcess } from "../../engine/node/operation.ts";
import type { AgentConfig } from "./agent-config.ts";
import { askModel, replyMessage, type AgentReply } from "./agent-model.ts";
import { callTool, listTools, resultMessage, type OfferedTool, type ToolOutcome } from "./agent-tools.ts";

/**
 * Model, tools, model, tools … until the model answers without asking for a tool. Every model call and every tool call is a step;
 * everything between is computed from what they recorded, so that a replay takes the same way.
 */
export function* agentLoop({ config, bound }: NodeArguments<AgentConfig>): NodeProcess {
  const servers = bound["tools"] ?? [];
  const tools: OfferedTool[] = servers.length > 0 ? yield* step("tools", (ctx) => listTools(ctx, servers)) : [];
  const stepName = stepNames();
  const messages = opening(config);
  const toolCalls: ToolOutcome[] = [];
  let tokens = 0;
  for (let turn = 1; turn <= config.limits.turns; turn++) {
    const label = { kind: "model", model: config.model } as const;
    const reply: AgentReply = yield* step(
      stepName("model"),
      (ctx) => askModel(ctx, { config, messages, tools }),
      label,
    );
    if (reply.calls.length === 0)
      return { output: { text: reply.text, toolCalls: toolCalls.map(publicCall), turns: turn } };
    tokens += reply.tokens;
    if (tokens > config.limits.tokens) {
      throw new HeddleError("agent.token-limit", { used: tokens, tokens: config.limits.tokens });
    }
    const operations = reply.calls.map((call) => callTool(stepName(call.name), call, tools));
    const outcomes = (yield* all(operations)) as unknown as ToolOutcome[];
    toolCalls.push(...outcomes);
    messages.push(replyMessage(reply), resultMessage(reply.calls, outcomes));
  }
  throw new HeddleError("agent.turn-limit", { turns: config.limits.turns });
}

function opening(config: AgentConfig): LanguageModelV4Prompt {
  const messages: LanguageModelV4Prompt = [{ role: "user", content: [{ type: "text", text: config.message }] }];
  if (config.instructions.trim() !== "") messages.unshift({ role: "system", content: config.instructions });
  return messages;
}

/** `model 1`, `lookup_order 1`, `model 2`: one count for each name, so that a tool may even be called “model”. */
function stepNames(): (base: string) => string {
  const counts = new Map<string, number>();
  return (base) => {
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return `${base} ${count}`;
  };
}

function publicCall({ server, tool, arguments: args, result, error }: ToolOutcome) {
  return {
    ...(server !== undefined && { server }),
    tool,
    arguments: args,
    result,
    ...(error !== undefined && { error }),
  };
}

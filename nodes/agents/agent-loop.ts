import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { NodeArguments } from "../../engine/node/define.ts";
import { all, step, type NodeProcess, type NodeResult } from "../../engine/node/operation.ts";
import { historyMessages } from "../models/history.ts";
import type { AgentConfig } from "./agent-config.ts";
import { askModel, replyMessage, type AgentReply } from "./agent-model.ts";
import { callTool, listTools, resultMessage, type OfferedTool, type ToolOutcome } from "./agent-tools.ts";

/**
 * Model, tools, model, tools … until the model answers without asking for a tool. Every model call and every tool call is a step;
 * everything between is computed from what they recorded, so that a replay takes the same way.
 */
export function* agentLoop({ config, bound }: NodeArguments<AgentConfig>): NodeProcess {
  const servers = config.toolChoice === "none" ? [] : (bound["tools"] ?? []);
  const tools: OfferedTool[] = servers.length > 0 ? yield* step("tools", (ctx) => listTools(ctx, servers)) : [];
  const stepName = stepNames();
  const messages = opening(config);
  const toolCalls: ToolOutcome[] = [];
  const label = { kind: "model", model: config.model } as const;
  let tokens = 0;
  for (let turn = 1; ; turn++) {
    const mustCall = turn === 1 && config.toolChoice === "required";
    const reply: AgentReply = yield* step(
      stepName("model"),
      (ctx) => askModel(ctx, { config, messages, tools, mustCall }),
      label,
    );
    if (reply.calls.length === 0) return result(reply, { toolCalls, turns: turn, limited: false });
    tokens += reply.tokens;
    const limit = limitReached(config, { turn, tokens, calls: toolCalls.length + reply.calls.length });
    if (limit && config.atLimit === "error") throw limit;
    if (limit) {
      // The calls that it asked for aren't made, so they don't belong into what it reads now.
      const asked = [...messages, LAST_WORD];
      const last: AgentReply = yield* step(
        stepName("model"),
        (ctx) => askModel(ctx, { config, messages: asked, tools: [] }),
        label,
      );
      return result(last, { toolCalls, turns: turn + 1, limited: true });
    }
    const operations = reply.calls.map((call) => callTool(stepName(call.name), call, tools));
    const outcomes = (yield* all(operations)) as unknown as ToolOutcome[];
    toolCalls.push(...outcomes);
    messages.push(replyMessage(reply), resultMessage(reply.calls, outcomes));
  }
}

const LAST_WORD: LanguageModelV4Prompt[number] = {
  role: "user",
  content: [{ type: "text", text: "No more tools can be used. Answer now, as well as you can from what you know." }],
};

interface Spent {
  turn: number;
  tokens: number;
  /** Tool calls, those that the model asks for now included. */
  calls: number;
}

/** What keeps the agent from making the calls that it asks for. */
function limitReached({ limits }: AgentConfig, { turn, tokens, calls }: Spent): HeddleError | undefined {
  if (tokens > limits.tokens) return new HeddleError("agent.token-limit", { used: tokens, tokens: limits.tokens });
  if (calls > limits.toolCalls) return new HeddleError("agent.call-limit", { calls, limit: limits.toolCalls });
  return turn >= limits.turns ? new HeddleError("agent.turn-limit", { turns: limits.turns }) : undefined;
}

function result(
  { text }: AgentReply,
  { toolCalls, turns, limited }: { toolCalls: readonly ToolOutcome[]; turns: number; limited: boolean },
): NodeResult {
  return { output: { text, toolCalls: toolCalls.map(publicCall), turns, limited } };
}

function opening(config: AgentConfig): LanguageModelV4Prompt {
  const messages: LanguageModelV4Prompt = [
    ...historyMessages(config.history),
    { role: "user", content: [{ type: "text", text: config.message }] },
  ];
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

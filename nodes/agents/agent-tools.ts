import type { LanguageModelV4Message } from "@ai-sdk/provider";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import type { BoundResource } from "../../engine/node/define.ts";
import type { Operation, StepContext } from "../../engine/node/operation.ts";
import { toolSource } from "../tools/tool-source.ts";
import type { ToolCall } from "./agent-model.ts";

/** A tool as the model sees it: `name` is unique and of letters that every model API takes. Recorded. */
export type OfferedTool = { name: string; server: string; tool: string; description: string; inputSchema: JsonObject };

/** What a tool call came to: recorded, told to the model, and part of the agent's output. `server` is absent for a tool that doesn't exist. */
export type ToolOutcome = {
  server?: string;
  tool: string;
  arguments: JsonObject;
  result: JsonValue;
  content: string;
  error?: string;
};

/** The tools of all bound servers, in the order they were bound. */
export async function listTools(ctx: StepContext, resources: readonly BoundResource[]): Promise<OfferedTool[]> {
  const listed = await Promise.all(
    resources.map((resource) => {
      const { server, tools } = toolSource(resource);
      return ctx.tools.list(server, tools, ctx.signal);
    }),
  );
  const offered: OfferedTool[] = [];
  for (const tool of listed.flat()) {
    const name = freeName(tool.name, tool.server, offered);
    const inputSchema = tool.inputSchema as JsonSchema & JsonObject;
    offered.push({ name, server: tool.server, tool: tool.name, description: tool.description, inputSchema });
  }
  return offered;
}

/** Model APIs take letters, digits, `_` and `-`; tools of the same name on two servers are told apart by the server's name. */
function freeName(tool: string, server: string, taken: readonly OfferedTool[]): string {
  const plain = apiName(tool);
  const isTaken = (name: string) => taken.some((other) => other.name === name);
  if (!isTaken(plain)) return plain;
  const long = apiName(`${server}_${tool}`);
  let name = long;
  for (let n = 2; isTaken(name); n++) name = `${long.slice(0, 60)}_${n}`;
  return name;
}

const apiName = (name: string) => name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 64);

/** One tool call as a step. Errors of the tool are results, for the model to read. */
export function callTool(name: string, call: ToolCall, tools: readonly OfferedTool[]): Operation {
  const offered = tools.find((tool) => tool.name === call.name);
  const problem = offered ? call.problem : unknownTool(call.name, tools);
  if (!offered || problem !== undefined) {
    return { kind: "step", name, run: async () => failed(call, problem ?? "", offered) };
  }
  const { server, tool } = offered;
  return {
    kind: "step",
    name,
    label: { kind: "tool", server, tool, arguments: call.arguments },
    async run(ctx): Promise<ToolOutcome> {
      const { signal, idempotencyKey } = ctx;
      try {
        const result = await ctx.tools.call({ server, tool, arguments: call.arguments, signal, idempotencyKey });
        return { server, tool, arguments: call.arguments, result: result.value, content: result.content };
      } catch (error) {
        if (signal.aborted || !(error instanceof HeddleError) || !error.code.startsWith("tool.")) throw error;
        return failed(call, whatToolSaid(error), offered);
      }
    },
  };
}

/** The tool's own words where it gave some: a model needs no more. */
function whatToolSaid(error: HeddleError): string {
  const { detail } = error.params;
  return error.code === "tool.failed" && typeof detail === "string" ? detail : error.message;
}

function failed(call: ToolCall, error: string, offered?: OfferedTool): ToolOutcome {
  const target = offered ? { server: offered.server, tool: offered.tool } : { tool: call.name };
  return { ...target, arguments: call.arguments, result: null, content: error, error };
}

function unknownTool(name: string, tools: readonly OfferedTool[]): string {
  const known = tools.map((tool) => tool.name).join(", ");
  return `There is no tool named “${name}”. ${known ? `The tools are: ${known}.` : "There are no tools: answer without one."}`;
}

/** The results as the message that answers the model's calls. */
export function resultMessage(calls: readonly ToolCall[], outcomes: readonly ToolOutcome[]): LanguageModelV4Message {
  return {
    role: "tool",
    content: calls.map((call, index) => ({
      type: "tool-result",
      toolCallId: call.id,
      toolName: call.name,
      output: toolOutput(outcomes[index]!),
    })),
  };
}

function toolOutput(outcome: ToolOutcome) {
  if (outcome.error !== undefined) return { type: "error-text" as const, value: outcome.error };
  if (typeof outcome.result === "object" && outcome.result !== null)
    return { type: "json" as const, value: outcome.result };
  return { type: "text" as const, value: outcome.content };
}

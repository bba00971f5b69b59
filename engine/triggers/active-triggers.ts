import { mcpCallConfig, webhookConfig } from "../../nodes/io/triggers.ts";
import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { FlowTool } from "../rpc/contract.ts";
import type { FlowReading, TriggerNode, WatchedFlow } from "./watched-flow.ts";
import type { Webhook } from "./webhook.ts";

interface ActiveTrigger {
  flow: string;
  trigger: TriggerNode;
  running: FlowReading;
}

/** The triggers of one kind that calls may reach: of flows that are switched on and there. */
function activeTriggers(flows: readonly WatchedFlow[], kind: TriggerNode["kind"]): ActiveTrigger[] {
  return flows.flatMap(({ name, active, now, running }) => {
    if (!active || !now || !running) return [];
    const triggers = running.triggers.filter((trigger) => trigger.kind === kind);
    return triggers.map((trigger) => ({ flow: name, trigger, running }));
  });
}

export function activeWebhooks(flows: readonly WatchedFlow[]): Webhook[] {
  return activeTriggers(flows, "webhook").map(({ flow, trigger }) => {
    return { flow, node: trigger.key, config: webhookConfig.parse(trigger.config) };
  });
}

/** Clients know a tool by its name alone: of several with one name the first, by flow, is theirs. */
export function activeTools(flows: readonly WatchedFlow[]): FlowTool[] {
  const tools = new Map<string, FlowTool>();
  for (const active of activeTriggers(flows, "mcp")) {
    const tool = toolOf(active);
    if (!tools.has(tool.name)) tools.set(tool.name, tool);
  }
  return [...tools.values()];
}

/** Why an MCP trigger of an active flow is no tool, where another one has its name. */
export function nameTaken(
  flows: readonly WatchedFlow[],
  flow: string,
  trigger: TriggerNode,
): SerializedError | undefined {
  if (trigger.kind !== "mcp") return undefined;
  const name = mcpCallConfig.parse(trigger.config).tool;
  const other = activeTools(flows).find((tool) => tool.name === name);
  if (!other || (other.flow === flow && other.node === trigger.key)) return undefined;
  return new HeddleError("trigger.tool-taken", { node: trigger.key, tool: name, flow: other.flow }).toJSON();
}

function toolOf({ flow, trigger: { key, title, config, input }, running }: ActiveTrigger): FlowTool {
  const { tool, description } = mcpCallConfig.parse(config);
  return { flow, node: key, name: tool, title, description, input, output: running.output };
}

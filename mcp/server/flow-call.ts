import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../engine/lib/json.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { FlowTool } from "../../engine/rpc/contract.ts";
import { isFinal, type FinalEvent, type RunEvent } from "../../engine/run/events.ts";
import { isStructured } from "./flow-tools.ts";

/** A call of a flow by an MCP client. */
export interface FlowCall {
  tool: FlowTool;
  arguments: JsonObject;
  /** The client gave the call up, or went away: the run is cancelled. */
  signal: AbortSignal;
  /** The same key starts one run only. */
  key?: string;
  /** Tells how far it is, where the client asked for that. */
  progress?(progress: { progress: number; message: string }): Promise<void>;
}

/** Runs a flow for an MCP client. A run that fails is a result too: the client's model reads why. @throws HeddleError when it can't start */
export async function callFlow(client: HostClient, call: FlowCall): Promise<CallToolResult> {
  const { tool, signal, key } = call;
  const start = { flow: tool.flow, node: tool.node, input: call.arguments, ...(key !== undefined && { key }) };
  const { runId } = await client.triggers.fire(start);
  const cancel = () => void client.runs.cancel({ runId }).catch(() => {});
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const final = await follow(client, runId, call);
    return await resultOf(client, tool, final);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

async function follow(client: HostClient, runId: string, { progress }: FlowCall): Promise<FinalEvent> {
  let done = 0;
  for await (const event of await client.runs.events({ runId })) {
    if (isFinal(event)) return event;
    const message = messageOf(event);
    // What is counted only grows, as the protocol asks; how much there will be isn't known.
    if (message !== undefined) await progress?.({ progress: ++done, message });
  }
  throw new HeddleError("run.interrupted");
}

/** One line of what happens, for steps of the flow itself. */
function messageOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case "step.started":
      return event.path === event.node ? `${event.node} …` : undefined;
    case "step.completed":
      return event.path === event.node ? `${event.node} ✓` : undefined;
    case "step.waiting":
      return event.wait.kind === "task" ? `${event.node}: ${event.wait.title}` : undefined;
    default:
      return undefined;
  }
}

async function resultOf(client: HostClient, tool: FlowTool, final: FinalEvent): Promise<CallToolResult> {
  const { runId } = final;
  const _meta = { "heddle/run": runId };
  if (final.type === "run.cancelled") return { ...failure(new HeddleError("run.cancelled").message), _meta };
  if (final.type === "run.failed") return { ...failure(final.error.message), _meta };
  const whole = final.large?.["output"];
  const output = whole ? await client.runs.value({ runId, digest: whole.digest }) : final.output;
  return {
    content: [{ type: "text", text: textOf(output) }],
    ...(isStructured(tool) && isJsonObject(output) && { structuredContent: output }),
    _meta,
  };
}

const failure = (text: string): CallToolResult => ({ content: [{ type: "text", text }], isError: true });

/** What a model reads of an output: its text where it has one and nothing else, else its JSON. */
function textOf(output: JsonValue): string {
  if (typeof output === "string") return output;
  if (isJsonObject(output) && Object.keys(output).length === 1 && typeof output["text"] === "string")
    return output["text"];
  return JSON.stringify(output);
}

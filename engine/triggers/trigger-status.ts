import { scheduleConfig, webhookConfig } from "../../nodes/io/triggers.ts";
import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { TriggerStatus } from "../rpc/contract.ts";
import { upcoming } from "./schedule.ts";
import type { TriggerStore } from "./trigger-store.ts";
import { isListening, type TriggerNode, type WatchedFlow } from "./watched-flow.ts";

/** How the triggers of a flow fare. `address`: where this host is reached. `problemWith`: what else stands in a trigger's way. */
export function statusesOf(
  flow: WatchedFlow,
  store: TriggerStore,
  {
    address,
    problemWith,
  }: { address: string | undefined; problemWith(trigger: TriggerNode): SerializedError | undefined },
): TriggerStatus[] {
  const { name, active } = flow;
  const shown = active ? (flow.running ?? flow.now) : flow.now;
  const problem = problemOf(flow);
  return (shown?.triggers ?? []).filter(isListening).map((trigger) => {
    const { firedAt, runId, error } = store.mark(name, trigger.key);
    const url = address === undefined ? undefined : urlOf(address, name, trigger);
    const wrong = problem ?? (active ? (problemWith(trigger) ?? error) : undefined);
    return {
      flow: name,
      node: trigger.key,
      kind: trigger.kind,
      title: trigger.title,
      active,
      next: trigger.kind === "schedule" ? upcoming(scheduleConfig.parse(trigger.config)) : [],
      ...(url !== undefined && { url }),
      ...(firedAt !== undefined && { lastFiredAt: firedAt }),
      ...(runId !== undefined && { lastRunId: runId }),
      ...(wrong && { error: wrong }),
    };
  });
}

/** What is wrong with the file of an active flow, though its triggers may still listen as they did before. */
function problemOf({ name, active, running, now }: WatchedFlow): SerializedError | undefined {
  if (!active) return undefined;
  if (!now) return new HeddleError("trigger.flow-gone", { flow: name }).toJSON();
  if (!now.problem) return undefined;
  if (!running) return now.problem;
  return new HeddleError("trigger.flow-broken", { flow: name, problem: now.problem.message }).toJSON();
}

function urlOf(address: string, flow: string, { kind, config }: TriggerNode): string | undefined {
  if (kind === "mcp") return `${address}/mcp`;
  return kind === "webhook" ? `${address}/hooks/${flow}/${webhookConfig.parse(config).path}` : undefined;
}

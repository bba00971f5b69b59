import type { LocalDriver } from "../../engine/driver/local-driver.ts";
import { createMemoryDriver } from "../../engine/driver/memory-driver.ts";
import { analyzeFlow, libraryOf, readFlow, type FlowAnalysis } from "../../engine/flow/index.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { execute, type RunOutcome } from "../../engine/run/execute.ts";
import { planOrThrow } from "../../engine/run/plan.ts";
import { NODES } from "../index.ts";
import { NO_SERVICES } from "./no-services.ts";

const catalog = createCatalog(NODES);

export interface FlowRunOptions {
  input?: JsonValue;
  /** The text of other flows, by name. */
  flows?: Record<string, string>;
  services?: Partial<NodeServices>;
  signal?: AbortSignal;
  /** Answers a wait when it begins; undefined leaves it open. */
  answer?(wait: RunEvent & { type: "step.waiting" }): JsonValue | undefined;
  onEvent?(event: RunEvent): void;
}

/** Runs a flow, given as the text of its file, on the memory driver. */
export async function runFlow(
  text: string,
  options: FlowRunOptions = {},
): Promise<{ outcome: RunOutcome; events: RunEvent[] }> {
  const { input = {}, services, signal, answer, onEvent } = options;
  const events: RunEvent[] = [];
  const publish = (event: RunEvent) => {
    events.push(event);
    const value = event.type === "step.waiting" ? answer?.(event) : undefined;
    if (event.type === "step.waiting" && value !== undefined) driver.answer(event.path, value);
    onEvent?.(event);
  };
  const driver: LocalDriver = createMemoryDriver({ publish, ...(signal && { signal }) });
  const flows = Object.entries(options.flows ?? {}).map(([name, source]) => [name, readFlow(source).flow]);
  const plan = planOrThrow(readFlow(text).flow, catalog, { flows: Object.fromEntries(flows) });
  const request = {
    runId: "run",
    flow: "test",
    revision: "",
    input,
    services: { ...NO_SERVICES, ...services },
    driver,
  };
  return { outcome: await execute(plan, request), events };
}

/** What the studio is told of a flow, given as the text of its file; `flows` as for a run. */
export function analyze(text: string, { flows }: Pick<FlowRunOptions, "flows"> = {}): FlowAnalysis {
  if (!flows) return analyzeFlow(readFlow(text), catalog);
  const others = Object.entries(flows).map(([name, source]) => [name, readFlow(source).flow]);
  return analyzeFlow(readFlow(text), catalog, { flows: libraryOf(Object.fromEntries(others), catalog) });
}

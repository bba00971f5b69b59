import type { Flow } from "../../flow/schema.ts";
import type { JsonValue } from "../../lib/json.ts";
import { createCatalog } from "../../node/catalog.ts";
import { debugSchema, type DebugOptions } from "../debug.ts";
import { isDurable, type DurableEvent, type RunEvent } from "../events.ts";
import { execute, type RunOutcome } from "../execute.ts";
import { planOrThrow } from "../plan.ts";
import { applyEvents, emptyRunView, type RunView } from "../view.ts";
import { DiceDriver, type DiceOptions } from "./dice-driver.ts";
import { CONTRACT_NODES } from "./nodes.ts";
import { probeServices } from "./probe.ts";

export const catalog = createCatalog(CONTRACT_NODES);

export interface RunFlowOptions extends DiceOptions {
  dice?: Iterator<number>;
  input?: JsonValue;
  flows?: Readonly<Record<string, Flow>>;
  trigger?: string;
  debug?: Partial<DebugOptions>;
}

export interface FlowRan {
  outcome: RunOutcome;
  told: readonly RunEvent[];
  events: DurableEvent[];
  view: RunView;
  /** The paths of the steps that executed. */
  executed: string[];
  completions: number;
}

/** Runs a flow of the contract's nodes to its end, one operation after the other. */
export async function runFlow(flow: Flow, options: RunFlowOptions = {}): Promise<FlowRan> {
  const { dice = first(), input = "in", flows, trigger, debug, ...more } = options;
  const executed: string[] = [];
  const driver = new DiceDriver(dice, more);
  const services = probeServices(({ what, path }) => what === "executed" && executed.push(path));
  const plan = planOrThrow(flow, catalog, { ...(flows && { flows }) });
  const outcome = await execute(plan, {
    runId: "r",
    flow: "f",
    revision: "1",
    input,
    services,
    driver,
    ...(trigger !== undefined && { trigger }),
    ...(debug && { debug: debugSchema.parse(debug) }),
  });
  const { told, completions } = driver;
  const view = applyEvents(emptyRunView("r"), told);
  return { outcome, told, events: told.filter(isDurable), view, executed, completions };
}

/** Always the operation that was started first. */
function* first(): Generator<number> {
  for (;;) yield 0;
}

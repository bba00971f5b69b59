import type { TriggerStatus } from "../../engine/rpc/contract.ts";

/** The triggers of one flow: switched on and off together. */
export interface FlowTriggers {
  flow: string;
  active: boolean;
  triggers: readonly TriggerStatus[];
}

/** Kinds that nothing listens for: somebody presses Run or writes in the chat. */
const BY_HAND: ReadonlySet<TriggerStatus["kind"]> = new Set(["manual", "chat"]);

/** What listens, flow by flow in the order the host tells them. */
export function listeningFlows(statuses: readonly TriggerStatus[]): FlowTriggers[] {
  const flows = Map.groupBy(
    statuses.filter(({ kind }) => !BY_HAND.has(kind)),
    ({ flow }) => flow,
  );
  return [...flows].map(([flow, triggers]) => ({ flow, triggers, active: triggers.some(({ active }) => active) }));
}

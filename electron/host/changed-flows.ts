import { flowMeaning, type Flow } from "../../engine/flow/index.ts";
import { canonicalJson } from "../../engine/lib/canonical-json.ts";
import type { Catalog } from "../../engine/node/catalog.ts";
import { flowsUsed } from "../../engine/run/collect-flows.ts";

export type Flows = Readonly<Record<string, Flow>>;

/** The flows that mean something else than before, or run one that does. One that is gone has changed. */
export function changedFlows(before: Flows, after: Flows, catalog: Catalog): string[] {
  const changed = new Set(Object.keys(before).filter((name) => !isSame(before[name]!, after[name])));
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    for (const [name, flow] of Object.entries(before)) {
      if (flowsUsed(flow, catalog).some((used) => changed.has(used.name))) changed.add(name);
    }
  }
  return [...changed];
}

function isSame(before: Flow, after: Flow | undefined): boolean {
  return after !== undefined && canonicalJson(flowMeaning(before)) === canonicalJson(flowMeaning(after));
}

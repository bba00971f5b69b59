import { suggest } from "../lib/suggest.ts";
import type { NodeInfo } from "./node-info.ts";
import type { FieldSite, FlowLibrary } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";

/** The project around a flow. */
export interface AnalyzeOptions {
  /** Its other flows; left out, nothing is said of flows that steps run. */
  flows?: FlowLibrary;
  /** The name that other flows run this one by. */
  name?: string;
}

/** What is wrong with the flows that a node runs: there is no such flow, or it would run this one again. */
export function checkFlows(key: string, info: NodeInfo, { flows, name }: AnalyzeOptions): Problem[] {
  if (!flows) return [];
  return info.flows.flatMap((site) => {
    const place = { node: key, field: site.path };
    if (!flows.get(site.value) && site.value !== name) return [{ ...unknownFlow(key, site, flows), ...place }];
    const way = name === undefined ? undefined : wayTo(name, site.value, flows);
    if (!way) return [];
    return [problem("flow.runs-itself", "error", { flow: site.value, path: [name!, ...way].join(" → ") }, place)];
  });
}

function unknownFlow(key: string, site: FieldSite, flows: FlowLibrary): Problem {
  const near = suggest(site.value, flows.names());
  if (near === undefined) return problem("flow.unknown-flow", "error", { flow: site.value });
  const command = { do: "node.configure" as const, key, path: ["config", ...site.keys], value: near };
  const fixes: QuickFix[] = [{ label: "fix.replace", params: { to: near }, command }];
  return problem("flow.unknown-flow-near", "error", { flow: site.value, near }, { fixes });
}

/** The flows on the way from one to another, each running the next; undefined where none leads there. */
function wayTo(target: string, from: string, flows: FlowLibrary): string[] | undefined {
  const ways: string[][] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1)!;
    if (last === target) return way;
    for (const next of flows.get(last)?.calls ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

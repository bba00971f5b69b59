import type { RandomFlow, RandomNode } from "./random-flow.ts";

/** What became of a node: the port that it left by and the text that a reference to it gives; undefined when it was skipped. */
type Fate = { port: string; value: string } | undefined;

export interface NaiveOutcome {
  /** Nodes whose failure ends the run. */
  fatal: string[];
  /** By key, for the nodes that ran. */
  fates: Map<string, Fate>;
}

/** Runs a random flow the plainest way there is: one node after the other in the order of the graph. The reference for the executor. */
export function runNaively(flow: RandomFlow, input: string): NaiveOutcome {
  const fates = new Map<string, Fate>();
  const fatal: string[] = [];
  for (const node of flow.nodes) {
    const incoming = flow.edges.filter((edge) => edge.to === node.key);
    const reached = node.key === "start" || incoming.some((edge) => fates.get(edge.from)?.port === edge.port);
    if (!reached) fates.set(node.key, undefined);
    else if (node.disabled) fates.set(node.key, { port: node.what.kind === "gate" ? "left" : "out", value: "" });
    else fates.set(node.key, fateOf(node, { flow, fates, fatal, input }));
  }
  return { fatal, fates };
}

function fateOf(
  node: RandomNode,
  at: { flow: RandomFlow; fates: Map<string, Fate>; fatal: string[]; input: string },
): Fate {
  const { key, what, refersTo } = node;
  if (key === "start") return { port: "out", value: at.input };
  const text = `${key} (${refersTo.map((other) => at.fates.get(other)?.value ?? "").join(", ")})`;
  if (what.kind === "gate") return { port: what.port, value: what.port };
  if (what.kind !== "flaky") return { port: "out", value: text };
  if (what.failures <= what.retries) return { port: "out", value: `${key}${what.failures + 1}` };
  if (at.flow.edges.some((edge) => edge.from === key && edge.port === "error")) return { port: "error", value: "" };
  if (what.rescue === "fallback") return { port: "out", value: `${key} fell back` };
  at.fatal.push(key);
  return { port: "", value: "" };
}

import { unionOf } from "../expr/index.ts";
import type { JsonSchema } from "../lib/json.ts";
import type { FlowAnalysis } from "./analysis.ts";
import { exclusiveNodes } from "./exclusive.ts";
import type { FlowGraph } from "./graph.ts";
import type { NodeShape } from "./node-types.ts";
import type { Reach } from "./reach.ts";
import type { Flow } from "./schema.ts";

type Shapes = ReadonlyMap<string, NodeShape>;

/** What can begin a run, the one that a run by hand begins with first: the manual one, else the first. */
export function triggersOf(graph: FlowGraph, { parts }: Reach, shapes: Shapes): FlowAnalysis["triggers"] {
  const triggers = parts.triggers.map((node) => {
    const key = graph.keys[node]!;
    const { trigger, output } = shapes.get(key)!;
    return { key, kind: trigger ?? ("manual" as const), input: output };
  });
  const byHand = triggers.findIndex(({ kind }) => kind === "manual");
  return byHand <= 0 ? triggers : [triggers[byHand]!, ...triggers.toSpliced(byHand, 1)];
}

/** What a run gives: the output of the answer that was given, all answers together where several are, null where none is. */
export function outputOf(
  flow: Flow,
  graph: FlowGraph,
  { reach, shapes }: { reach: Reach; shapes: Shapes },
): JsonSchema {
  const answers = graph.keys.flatMap((key, node) =>
    shapes.get(key)!.answers && !flow.nodes[key]!.disabled ? [node] : [],
  );
  if (answers.length === 0) return { type: "null" };
  if (answers.some((node) => graph.parents[node] !== -1)) return {};
  const single = answers.map((node) => shapes.get(graph.keys[node]!)!.output);
  if (single.length === 1) return single[0]!;
  const exclusive = exclusiveNodes(graph, reach.parts);
  const { handling } = reach.parts;
  const together = answers.some((one, index) =>
    answers.slice(0, index).some((other) => handling.has(one) === handling.has(other) && !exclusive(one, other)),
  );
  return unionOf(together ? [...single, SEVERAL] : single);
}

const SEVERAL: JsonSchema = {
  type: "object",
  properties: { text: { type: "string" }, answers: { type: "object", additionalProperties: true } },
  required: ["text", "answers"],
  additionalProperties: false,
};

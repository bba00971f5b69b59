import type { LocalDriver } from "../../engine/driver/local-driver.ts";
import { createMemoryDriver } from "../../engine/driver/memory-driver.ts";
import type { Flow, FlowNode } from "../../engine/flow/schema.ts";
import type { SerializedError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { defineNode, type AnyNode, type NodeSample, type SampleGraph } from "../../engine/node/define.ts";
import type { Failure } from "../../engine/node/operation.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import { execute } from "../../engine/run/execute.ts";
import type { DurableEvent, RunEvent } from "../../engine/run/events.ts";
import { planOrThrow } from "../../engine/run/plan.ts";
import { z } from "zod";
import { NODES } from "../index.ts";

/** How one node's step ended, with all that the run told. */
export interface SampleRun {
  output?: JsonValue;
  port?: string;
  error?: SerializedError;
  events: RunEvent[];
}

/** Stands for an earlier step with a known output. */
const given = defineNode({
  role: "step",
  type: "given",
  version: 1,
  family: "data",
  icon: "circle",
  title: { en: "Given", zh: "给定" },
  description: { en: "A known output.", zh: "已知的输出。" },
  docs: { en: "For tests.", zh: "用于测试。" },
  config: z.object({ output: z.json() }),
  initial: { output: null },
  effects: false,
  output: () => ({}),
  summary: () => ({ en: "Given", zh: "给定" }),
  run: ({ config }) => ({ output: config.output }),
  samples: [],
});

const builtIn = createCatalog([...NODES, given]);
const catalogWith = (node: AnyNode) => (builtIn.has(node.type) ? builtIn : createCatalog([...NODES, given, node]));
const SUBJECT = "subject";

export type SubjectSample = Pick<
  NodeSample<JsonValue>,
  "config" | "input" | "scope" | "bound" | "body" | "flows" | "answers"
>;

export interface Surroundings {
  services: NodeServices;
  signal?: AbortSignal;
  onEvent?(event: RunEvent): void;
}

/** Runs one node as a flow would: behind the steps that it refers to, with its templates rendered, on the real executor. */
export async function runSample(
  node: AnyNode,
  sample: SubjectSample,
  { services, signal, onEvent }: Surroundings,
): Promise<SampleRun> {
  const events: RunEvent[] = [];
  const answers = [...(sample.answers ?? [])];
  const publish = (event: RunEvent) => {
    events.push(event);
    if (event.type === "step.waiting" && event.wait.kind !== "delay" && answers.length > 0)
      driver.answer(event.path, answers.shift()!);
    onEvent?.(event);
  };
  const driver: LocalDriver = createMemoryDriver({ publish, ...(signal && { signal }) });
  const input = isHandler(node) ? {} : (sample.input ?? {});
  const request = { runId: "sample", flow: node.type, revision: "", input, services, driver };
  const flow = flowFor(node, sample);
  const flows = Object.fromEntries(
    Object.entries(sample.flows ?? {}).map(([name, graph]) => [name, flowOf(name, graph)]),
  );
  const plan = planOrThrow(flow, catalogWith(node), { flows });
  await execute(plan, request);
  const failed = find(events, "step.failed");
  if (failed) return { error: failed.error, events };
  const completed = find(events, "step.completed");
  return { ...(completed && { output: completed.output, port: completed.port }), events };
}

function find<Type extends DurableEvent["type"]>(events: RunEvent[], type: Type) {
  const isIt = (event: RunEvent): event is Extract<DurableEvent, { type: Type; path: string }> =>
    event.type === type && "path" in event && event.path === SUBJECT;
  return events.find(isIt);
}

const EMPTY_FLOW: Flow = { name: "sample", nodes: {}, parents: {}, edges: [], bindings: [], layout: {}, extra: {} };

const flowOf = (name: string, { nodes, edges = [] }: SampleGraph): Flow => ({ ...EMPTY_FLOW, name, nodes, edges });

const isHandler = (node: AnyNode): boolean => node.role === "step" && node.handlesFailure === true;

/** A flow that fails as the sample's input says, so that the node is told of a real failure. */
function handlerFlow(node: AnyNode, sample: SubjectSample, nodes: Record<string, FlowNode>): Flow {
  const { node: failing, error } = sample.input as unknown as Failure;
  nodes[failing] = { type: "stop", config: { message: error.message } };
  nodes[SUBJECT] = { type: node.type, config: sample.config as JsonObject };
  return { ...EMPTY_FLOW, nodes, edges: [{ from: "begin", port: "out", to: failing }] };
}

function flowFor(node: AnyNode, sample: SubjectSample): Flow {
  const nodes: Record<string, FlowNode> = {};
  const handles = isHandler(node);
  const begins = node.role === "step" && node.hasInput === false && !handles;
  if (!begins) nodes["begin"] = { type: "start", config: { fields: {} } };
  if (handles) return handlerFlow(node, sample, nodes);
  for (const [key, output] of Object.entries(sample.scope ?? {})) nodes[key] = { type: "given", config: { output } };
  const chain = [...Object.keys(nodes), SUBJECT];
  nodes[SUBJECT] = { type: node.type, config: sample.config as JsonObject };
  const bindings = Object.entries(sample.bound ?? {}).flatMap(([slot, resources]) =>
    resources.map(({ type, config }, index) => {
      const from = `${slot}_${index}`;
      nodes[from] = { type, config };
      return { from, to: SUBJECT, slot };
    }),
  );
  const edges = chain.slice(1).map((to, index) => ({ from: chain[index]!, port: "out", to }));
  const inner = sample.body?.nodes ?? {};
  const parents = Object.fromEntries(Object.keys(inner).map((key) => [key, SUBJECT]));
  return {
    ...EMPTY_FLOW,
    nodes: { ...nodes, ...inner },
    parents,
    edges: [...edges, ...(sample.body?.edges ?? [])],
    bindings,
  };
}

import { analyzeFlow } from "../flow/index.ts";
import { problemMessage, type Problem } from "../flow/problem.ts";
import { DEFAULT_PORT, ERROR_PORT, type Flow, type FlowNode } from "../flow/schema.ts";
import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import type { StepNode } from "../node/define.ts";
import { planAnswers, type AnswerPlan } from "./answer-plan.ts";
import { durationMs, formatMs } from "./duration.ts";
import { nullOutput } from "./null-output.ts";
import { compileBindings, compileConfig, type RenderBindings, type RenderConfig } from "./plan-config.ts";

/** A node that runs, with all that can be known of it before the run. */
export interface PlanStep {
  index: number;
  key: string;
  definition: StepNode<JsonValue>;
  /** Nothing enters it: the run begins here. */
  entry: boolean;
  /** Passed through without running: its edges at the default port are taken when it is reached. */
  disabled: boolean;
  joinsAny: boolean;
  /** Edges by index in the plan. */
  incoming: readonly number[];
  outgoing: readonly number[];
  ports: readonly string[];
  /** The port of a result that names none. */
  defaultPort: string;
  handlesError: boolean;
  config: RenderConfig;
  bound: RenderBindings;
  /** What references see when it was skipped. */
  emptyOutput: JsonValue;
  retry?: { times: number; backoffMs: number };
  timeout?: { ms: number; error: SerializedError };
  fallback?: JsonValue;
}

export interface PlanEdge {
  from: number;
  port: string;
  to: number;
}

/** A flow compiled to arrays: nodes and edges by index, templates parsed once. The same for every run of the flow. */
export interface RunPlan {
  /** Sorted by key, so that a file and its canonical form run alike. */
  steps: readonly PlanStep[];
  edges: readonly PlanEdge[];
  /** The null output of every step: the scope before anything ran. */
  emptyScope: JsonObject;
  answers: readonly AnswerPlan[];
}

export type Planning = { ok: true; plan: RunPlan } | { ok: false; problems: Problem[] };

/** Compiles a flow, or tells every problem that keeps it from running. Warnings don't. */
export function planRun(flow: Flow, catalog: Catalog): Planning {
  const { problems } = analyzeFlow({ flow, problems: [] }, catalog);
  const errors = problems.filter((problem) => problem.severity === "error");
  return errors.length > 0 ? { ok: false, problems: errors } : { ok: true, plan: compilePlan(flow, catalog) };
}

/** The plan of a flow. @throws HeddleError `run.not-runnable` naming the first problem. */
export function planOrThrow(flow: Flow, catalog: Catalog): RunPlan {
  const planning = planRun(flow, catalog);
  if (planning.ok) return planning.plan;
  const first = planning.problems[0]!;
  const where = first.node === undefined ? "" : `${first.node}: `;
  throw new HeddleError("run.not-runnable", {
    flow: flow.name,
    count: planning.problems.length,
    problem: `${where}${problemMessage("en", first)}`,
  });
}

function compilePlan(flow: Flow, catalog: Catalog): RunPlan {
  const runnable = Object.keys(flow.nodes)
    .filter((key) => catalog.get(flow.nodes[key]!.type).role === "step")
    .toSorted();
  const indexOf = new Map(runnable.map((key, index) => [key, index]));
  const edges = planEdges(flow, indexOf);
  const steps = runnable.map((key, index) => planStep(flow, catalog, { key, index, edges }));
  const emptyScope: JsonObject = Object.fromEntries(steps.map((step) => [step.key, step.emptyOutput]));
  return { steps, edges, emptyScope, answers: planAnswers(flow, { steps, edges, indexOf }) };
}

function planEdges(flow: Flow, indexOf: ReadonlyMap<string, number>): PlanEdge[] {
  return flow.edges.flatMap(({ from, port, to }) => {
    const source = indexOf.get(from);
    const target = indexOf.get(to);
    return source === undefined || target === undefined ? [] : [{ from: source, port, to: target }];
  });
}

interface StepPlace {
  key: string;
  index: number;
  edges: readonly PlanEdge[];
}

function planStep(flow: Flow, catalog: Catalog, { key, index, edges }: StepPlace): PlanStep {
  const node = flow.nodes[key]!;
  const definition = catalog.get(node.type) as StepNode<JsonValue>;
  const shape = catalog.shape(node.type, node.config ?? {});
  const ports = shape.ports.map((port) => port.id);
  const outgoing = edgesWhere(edges, (edge) => edge.from === index);
  return {
    index,
    key,
    definition,
    entry: definition.hasInput === false,
    disabled: node.disabled === true,
    joinsAny: node.join === "any",
    incoming: edgesWhere(edges, (edge) => edge.to === index),
    outgoing,
    ports,
    defaultPort: ports.includes(DEFAULT_PORT) ? DEFAULT_PORT : (ports[0] ?? DEFAULT_PORT),
    handlesError: outgoing.some((edge) => edges[edge]!.port === ERROR_PORT),
    config: compileConfig(catalog, node),
    bound: compileBindings(flow, catalog, key),
    emptyOutput: nullOutput(shape.output),
    ...limits(key, node),
  };
}

function limits(key: string, node: FlowNode): Pick<PlanStep, "retry" | "timeout" | "fallback"> {
  const limit = node.timeout === undefined ? undefined : durationMs(node.timeout);
  return {
    ...(node.retry && { retry: { times: node.retry.times, backoffMs: durationMs(node.retry.backoff) } }),
    ...(limit !== undefined && {
      timeout: { ms: limit, error: new HeddleError("run.timeout", { node: key, timeout: formatMs(limit) }).toJSON() },
    }),
    ...(node.fallback !== undefined && { fallback: node.fallback }),
  };
}

function edgesWhere(edges: readonly PlanEdge[], matches: (edge: PlanEdge) => boolean): number[] {
  const found: number[] = [];
  for (let index = 0; index < edges.length; index++) if (matches(edges[index]!)) found.push(index);
  return found;
}

import type { TriggerKind } from "../flow/node-types.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { StepNode } from "../node/define.ts";
import type { AnswerItem } from "./answer-plan.ts";
import type { RetryPolicy } from "./duration.ts";
import type { RenderBindings, RenderConfig, RenderFields } from "./plan-config.ts";

export { collectFlows } from "./collect-flows.ts";
export { planOrThrow, planRun, type Planning, type PlanningOptions } from "./plan-run.ts";

/** A node that runs, with all that can be known of it before the run. `index` is its place in the graph that it belongs to. */
export interface PlanStep {
  index: number;
  key: string;
  definition: StepNode<JsonValue>;
  /** Nothing enters it: its graph begins here. */
  entry: boolean;
  /** Begins runs: of several triggers one counts. */
  trigger?: TriggerKind;
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
  retry?: RetryPolicy;
  timeout?: { ms: number; error: SerializedError };
  fallback?: JsonValue;
  /** A container's. */
  body?: BodyPlan;
  /** What undoes it once it completed. */
  undo?: SidePlan;
}

export interface PlanEdge {
  from: number;
  port: string;
  to: number;
}

/** Steps that run together: the flow's own, those of a body, those that undo a step, those that handle a failure. */
export interface GraphPlan {
  /** Sorted by key, so that a file and its canonical form run alike. */
  steps: readonly PlanStep[];
  edges: readonly PlanEdge[];
  /** The null output of every step: what references see of one that didn't run. */
  emptyScope: JsonObject;
  /** Some step runs before all that leads to it is over, so that it may refer to what has no output yet. */
  joinsAny: boolean;
  /** Names from around the graph that its steps refer to. */
  captures: readonly string[];
  answers: readonly AnswerItem[];
  /** The steps that the text of the answers depends on. */
  watched: ReadonlySet<number>;
  /** Some step of the flow sets variables. */
  hasVars: boolean;
}

/** A container's body, and the fields of the container that are rendered in it. */
export interface BodyPlan {
  graph: GraphPlan;
  /** At the end of a round. */
  result: RenderFields;
  /** On demand, with the locals only. */
  asked: RenderFields;
  /** Names that `asked` refers to. */
  askedCaptures: readonly string[];
}

/** A graph beside the normal one. `shared`: some of its steps are in another graph too, so that its paths need a name of their own. */
export interface SidePlan {
  graph: GraphPlan;
  shared: boolean;
}

/** A flow compiled to arrays: nodes and edges by index, templates parsed once. The same for every run of the flow. */
export interface RunPlan extends GraphPlan {
  /** The trigger that a run begins with when none is named; undefined where the flow has none. */
  trigger?: string;
  handler?: SidePlan;
  /** The flows that it runs, and they run, by name. */
  flows: ReadonlyMap<string, RunPlan>;
}

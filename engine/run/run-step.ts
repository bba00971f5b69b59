import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { NodeArguments } from "../node/define.ts";
import type { NodeProcess, NodeResult, Usage } from "../node/operation.ts";
import type { FrameAnswers } from "./frame-answers.ts";
import type { PlanStep } from "./plan.ts";
import { Process } from "./process.ts";
import type { Activity } from "./run-context.ts";
import { StepExecution } from "./step-context.ts";
import type { StepHost } from "./step-host.ts";
import { stepError, Task } from "./task.ts";

/** The graph that a step runs in, as what runs the step sees it. */
export interface StepRunner extends StepHost {
  /** What triggers and error handlers get. */
  readonly input: JsonValue;
  readonly answers: FrameAnswers | undefined;
  freshScope(): JsonObject;
  /** The step is under way from now on. */
  start(step: PlanStep, activity: Activity): void;
  /** The step's activity is over. */
  close(step: PlanStep): void;
  complete(step: PlanStep, value: JsonValue, port: string): void;
  /** Tells that it completed, and completes it. */
  completeStep(step: PlanStep, done: { value: JsonValue; port: string; usage?: Usage | undefined }): void;
  failed(step: PlanStep, error: SerializedError, how: { attempt: number; at?: FailedAt | undefined }): void;
  /** Tells that it failed, and goes on as the step provides. */
  failStep(step: PlanStep, error: SerializedError, at?: FailedAt): void;
}

/** The step inside a step that failed. */
export interface FailedAt {
  node: string;
  path: string;
}

/** Renders a step's config and runs it: in the coordinator itself, as one operation of the driver, or as several. */
export function runStep(frame: StepRunner, step: PlanStep, path: string): void {
  const { definition } = step;
  let args: NodeArguments<JsonValue>;
  try {
    const scope = frame.freshScope();
    args = { config: step.config(scope), bound: step.bound(scope), input: frame.input };
  } catch (thrown) {
    frame.run.events.record({ type: "step.started", path, node: frame.nodeOf(step), attempt: 1 });
    return frame.failStep(step, stepError(thrown, path).toJSON());
  }
  if (definition.process) runProcess(frame, step, { path, args });
  else if (definition.effects) runTask(frame, step, { path, args });
  else runPure(frame, step, { path, args });
}

interface Start {
  path: string;
  args: NodeArguments<JsonValue>;
  /** The step's first try, when it is under way already. */
  pending?: Promise<NodeResult>;
}

function runTask(frame: StepRunner, step: PlanStep, { path, args, pending }: Start): void {
  let first = pending;
  const task = new Task(frame, {
    path,
    step,
    input: args.config,
    body: (context) => {
      const result = first ?? step.definition.run!(args, context);
      first = undefined;
      return result;
    },
    settled: (outcome) => {
      frame.close(step);
      if (outcome.ok) frame.complete(step, outcome.value, outcome.port ?? step.defaultPort);
      else frame.failed(step, outcome.error, { attempt: outcome.attempt });
    },
  });
  frame.start(step, task);
  task.begin();
}

/** Computed here and now: no operation, no journal entry. One that turns out to wait is a task after all. */
function runPure(frame: StepRunner, step: PlanStep, { path, args }: Start): void {
  const { events } = frame.run;
  const node = frame.nodeOf(step);
  let result: NodeResult | Promise<NodeResult>;
  try {
    result = step.definition.run!(args, new StepExecution(frame, { path, step }, { attempt: 1, operation: NEVER }));
  } catch (thrown) {
    events.record({ type: "step.started", path, node, attempt: 1, input: args.config });
    return frame.failStep(step, stepError(thrown, path).toJSON());
  }
  if (result instanceof Promise) {
    // In a replay the recorded result counts and nobody looks at this promise.
    result.catch(() => undefined);
    return runTask(frame, step, { path, args, pending: result });
  }
  events.record({ type: "step.started", path, node, attempt: 1, input: args.config });
  frame.completeStep(step, { value: result.output, port: result.port ?? step.defaultPort });
}

function runProcess(frame: StepRunner, step: PlanStep, { path, args }: Start): void {
  frame.run.events.record({ type: "step.started", path, node: frame.nodeOf(step), attempt: 1, input: args.config });
  let generator: NodeProcess;
  try {
    generator = step.definition.process!(args);
  } catch (thrown) {
    return frame.failStep(step, stepError(thrown, path).toJSON());
  }
  const process: Process = new Process(frame, {
    path,
    step,
    generator,
    settled: (outcome) => {
      frame.close(step);
      if (!outcome.ok) return frame.failStep(step, outcome.error, outcome.at);
      const { result, usage } = outcome;
      if (process.answers.length > 0) frame.answers?.keepRounds(step.index, process.answers.flat());
      frame.completeStep(step, { value: result.output, port: result.port ?? step.defaultPort, usage });
    },
  });
  frame.start(step, process);
  frame.run.enqueue(process);
}

/** Steps without effects end before anything could stop them. */
const NEVER = { signal: new AbortController().signal };

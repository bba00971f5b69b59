import { ERROR_PORT } from "../flow/schema.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { NodeArguments } from "../node/define.ts";
import type { NodeResult, StepContext, Usage } from "../node/operation.ts";
import type { NodeServices } from "../node/services.ts";
import { runOutput } from "./answer-output.ts";
import { AnswerStream } from "./answer-stream.ts";
import type { Cancellation, Completion, Driver } from "./driver.ts";
import { GraphState, type Decision } from "./graph-state.ts";
import { errorOutput } from "./null-output.ts";
import { Operations } from "./operations.ts";
import type { PlanStep, RunPlan } from "./plan.ts";
import { Process } from "./process.ts";
import { Recorder } from "./recorder.ts";
import type { Delta, RunContext } from "./run-context.ts";
import { addUsage, StepExecution } from "./step-context.ts";
import { stepError, Task, type Activity } from "./task.ts";

/** What a run is started with. `flow` and `revision` say in its first event what ran. */
export interface RunRequest {
  runId: string;
  flow: string;
  revision: string;
  input: JsonValue;
  services: NodeServices;
  driver: Driver;
}

/** How a run ended. */
export type RunOutcome =
  | { state: "succeeded"; output: JsonValue; usage: Usage }
  | { state: "failed"; error: SerializedError; node: string }
  | { state: "cancelled" };

/** A node that is over: it left by `port`, or failed for good. */
type Finished =
  | { ok: true; value: JsonValue; port: string; usage?: Usage }
  | { ok: false; error: SerializedError; attempt: number };

/**
 * One run of a plan: takes completions, decides what starts next, tells events. It reads no clock and awaits nothing, so that the same
 * completions in the same order always lead to the same operations and events.
 */
export class Coordinator implements RunContext {
  readonly runId: string;
  readonly services: NodeServices;
  readonly operations: Operations;
  readonly events: Recorder;
  outcome: RunOutcome | undefined;

  private readonly plan: RunPlan;
  private readonly request: RunRequest;
  private readonly graph: GraphState;
  private readonly answers: AnswerStream;
  private readonly scope: JsonObject;
  private readonly completed: boolean[] = [];
  private readonly active = new Map<number, Activity>();
  private readonly decisions: Decision[] = [];
  private usage: Usage = { inputTokens: 0, outputTokens: 0 };

  constructor(plan: RunPlan, request: RunRequest) {
    const { runId, services, driver } = request;
    this.plan = plan;
    this.request = request;
    this.runId = runId;
    this.services = services;
    this.operations = new Operations(driver);
    this.events = new Recorder(driver, runId);
    this.graph = new GraphState(plan);
    this.scope = { ...plan.emptyScope };
    const progress = {
      scope: this.scope,
      isSettled: (node: number) => this.graph.isSettled(node),
      isCompleted: (node: number) => this.completed[node] === true,
    };
    this.answers = new AnswerStream(plan, progress, (n, text) => driver.live({ type: "answer.delta", runId, n, text }));
  }

  begin(): void {
    const { flow, revision, input } = this.request;
    this.events.record({ type: "run.started", flow, revision, input });
    this.decisions.push(...this.graph.begin());
    this.proceed();
  }

  /** Takes what the driver told next. */
  take(next: Completion | Cancellation): void {
    this.events.at = next.at;
    if ("cancelled" in next) return this.end({ state: "cancelled" });
    this.operations.deliver(next);
    this.proceed();
  }

  say(delta: Delta): void {
    const { path, key, attempt, offset, text } = delta;
    this.request.driver.live({ type: "step.delta", runId: this.runId, path, node: key, attempt, n: offset, text });
    if (this.plan.steps[delta.node]!.definition.streams !== undefined) this.answers.said(delta);
  }

  unsay(node: number): void {
    this.answers.unsaid(node);
  }

  /** Acts on decisions in the order they were made, until what is left waits for the driver. */
  private proceed(): void {
    for (let next = 0; next < this.decisions.length && !this.outcome; next++) this.act(this.decisions[next]!);
    this.decisions.length = 0;
    if (this.outcome) return;
    this.answers.refresh();
    if (this.operations.areDone) this.succeed();
  }

  private act({ what, node }: Decision): void {
    const step = this.plan.steps[node]!;
    if (what === "run" && !step.disabled) return this.runStep(step);
    this.active.get(node)?.abandon();
    this.active.delete(node);
    this.events.record({ type: "step.skipped", path: step.key, node: step.key });
    if (what === "run") this.leave(node, step.defaultPort);
    else this.answers.settled(node);
  }

  private runStep(step: PlanStep): void {
    this.events.record({ type: "step.ready", path: step.key, node: step.key });
    this.answers.reached(step.index);
    let args: NodeArguments<JsonValue>;
    try {
      args = { config: step.config(this.scope), bound: step.bound(this.scope), input: this.request.input };
    } catch (thrown) {
      this.events.record({ type: "step.started", path: step.key, node: step.key, attempt: 1 });
      return this.failStep(step, stepError(thrown, step.key).toJSON());
    }
    if (step.definition.process) this.runProcess(step, args);
    else if (step.definition.effects) this.runTask(step, args);
    else this.runPure(step, args);
  }

  private runTask(step: PlanStep, args: NodeArguments<JsonValue>, pending?: Promise<NodeResult>): void {
    let first = pending;
    const task = new Task(this, {
      path: step.key,
      step,
      input: args.config,
      body: (context) => {
        const result = first ?? step.definition.run!(args, context);
        first = undefined;
        return result;
      },
      settled: (outcome) =>
        this.finish(step, outcome.ok ? { ...outcome, port: outcome.port ?? step.defaultPort } : outcome),
    });
    this.active.set(step.index, task);
    task.begin();
  }

  /** Computed here and now: no operation, no journal entry. One that turns out to wait is a task after all. */
  private runPure(step: PlanStep, args: NodeArguments<JsonValue>): void {
    const place = { path: step.key, node: step.key };
    let result: NodeResult | Promise<NodeResult>;
    try {
      result = step.definition.run!(args, this.pureContext(step));
    } catch (thrown) {
      this.events.record({ type: "step.started", ...place, attempt: 1, input: args.config });
      return this.failStep(step, stepError(thrown, step.key).toJSON());
    }
    if (result instanceof Promise) {
      // In a replay the recorded result counts and nobody looks at this promise.
      result.catch(() => undefined);
      return this.runTask(step, args, result);
    }
    this.events.record({ type: "step.started", ...place, attempt: 1, input: args.config });
    this.completeStep(step, { value: result.output, port: result.port ?? step.defaultPort });
  }

  private runProcess(step: PlanStep, args: NodeArguments<JsonValue>): void {
    this.events.record({ type: "step.started", path: step.key, node: step.key, attempt: 1, input: args.config });
    const process = new Process(this, step, {
      generator: step.definition.process!(args),
      settled: (outcome) => {
        if (!outcome.ok) return this.failStep(step, outcome.error);
        const { result, usage } = outcome;
        this.completeStep(step, {
          value: result.output,
          port: result.port ?? step.defaultPort,
          ...(usage && { usage }),
        });
      },
    });
    this.active.set(step.index, process);
    process.begin();
  }

  private pureContext(step: PlanStep): StepContext {
    return new StepExecution(this, { path: step.key, step }, { attempt: 1, operation: NEVER });
  }

  private completeStep(
    step: PlanStep,
    { value, port, usage }: { value: JsonValue; port: string; usage?: Usage },
  ): void {
    const place = { path: step.key, node: step.key };
    this.events.record({ type: "step.completed", ...place, attempt: 1, output: value, port, ...(usage && { usage }) });
    this.finish(step, { ok: true, value, port, ...(usage && { usage }) });
  }

  private failStep(step: PlanStep, error: SerializedError): void {
    this.events.record({ type: "step.failed", path: step.key, node: step.key, attempt: 1, error });
    this.finish(step, { ok: false, error, attempt: 1 });
  }

  private finish(step: PlanStep, finished: Finished): void {
    this.active.delete(step.index);
    if (finished.ok) {
      if (finished.usage) this.usage = addUsage(this.usage, finished.usage);
      this.keep(step, finished.value);
      return this.leave(step.index, finished.port);
    }
    const { error, attempt } = finished;
    if (step.handlesError) {
      this.scope[step.key] = errorOutput(step.emptyOutput, error);
      return this.leave(step.index, ERROR_PORT);
    }
    if (step.fallback === undefined) return this.end({ state: "failed", error, node: step.key });
    const place = { path: step.key, node: step.key };
    this.events.record({ type: "step.completed", ...place, attempt, output: step.fallback, port: step.defaultPort });
    this.keep(step, step.fallback);
    this.leave(step.index, step.defaultPort);
  }

  private keep(step: PlanStep, output: JsonValue): void {
    this.scope[step.key] = output;
    this.completed[step.index] = true;
  }

  private leave(node: number, port: string): void {
    this.decisions.push(...this.graph.complete(node, port));
    this.answers.settled(node);
    for (const edge of this.plan.steps[node]!.outgoing) {
      const { port: exit, to } = this.plan.edges[edge]!;
      if (exit === port && !this.graph.isSettled(to)) this.answers.reached(to);
    }
  }

  private succeed(): void {
    const given = this.plan.answers.filter(({ step }) => this.completed[step]);
    this.end({ state: "succeeded", output: runOutput(given, this.scope), usage: this.usage });
  }

  private end(outcome: RunOutcome): void {
    this.outcome = outcome;
    this.operations.abandonAll();
    switch (outcome.state) {
      case "succeeded":
        return this.events.record({ type: "run.completed", output: outcome.output, usage: outcome.usage });
      case "failed":
        return this.events.record({ type: "run.failed", error: outcome.error, node: outcome.node });
      case "cancelled":
        return this.events.record({ type: "run.cancelled" });
    }
  }
}

/** Steps without effects end before anything could stop them. */
const NEVER = { signal: new AbortController().signal };

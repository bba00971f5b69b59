import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { NodeResult, StepContext, StepLabel, Usage } from "../node/operation.ts";
import type { Completion, OperationContext, OperationResult } from "./driver.ts";
import { backoffMs } from "./duration.ts";
import type { PlanStep } from "./plan.ts";
import type { RunContext } from "./run-context.ts";
import { StepExecution } from "./step-context.ts";

export type TaskOutcome =
  | { ok: true; value: JsonValue; port?: string; usage?: Usage; attempt: number }
  | { ok: false; error: SerializedError; attempt: number };

/** One durable step of a run: a whole node, or a step inside one. */
export interface TaskSpec {
  path: string;
  /** The node it belongs to, with its retry policy and time limit. */
  step: PlanStep;
  /** What the timeline shows as its input. */
  input?: JsonValue;
  label?: StepLabel;
  body(context: StepContext): NodeResult | Promise<NodeResult>;
  settled(outcome: TaskOutcome): void;
}

/** Something under way that can be told to stop. */
export interface Activity {
  abandon(): void;
}

/** Runs one durable step: tries, waits and tries again as its policy says. Every try is an operation of its own. */
export class Task implements Activity {
  private readonly run: RunContext;
  private readonly spec: TaskSpec;
  private operation = "";

  constructor(run: RunContext, spec: TaskSpec) {
    this.run = run;
    this.spec = spec;
  }

  begin(attempt = 1): void {
    const { path, step, input, label } = this.spec;
    const place = { path, node: step.key };
    this.run.events.record({ type: "step.started", ...place, attempt, ...(input !== undefined && { input }) });
    if (label?.kind === "tool") {
      const { server, tool, arguments: given } = label;
      this.run.events.record({ type: "tool.called", ...place, server, tool, arguments: given });
    }
    this.operation = `${path}#${attempt}`;
    this.run.operations.start(
      {
        kind: "run",
        id: this.operation,
        run: (context) => this.perform(attempt, context),
        ...(step.timeout && { timeout: step.timeout }),
      },
      (completion) => this.completed(attempt, completion),
    );
  }

  abandon(): void {
    this.run.operations.abandon(this.operation);
  }

  private perform(attempt: number, operation: OperationContext): OperationResult | Promise<OperationResult> {
    const execution = new StepExecution(this.run, this.spec, { attempt, operation });
    const succeed = (result: NodeResult): OperationResult => {
      execution.close();
      const { spent } = execution;
      return {
        ok: true,
        value: result.output,
        ...(result.port && { port: result.port }),
        ...(spent && { usage: spent }),
      };
    };
    const fail = (thrown: unknown): OperationResult => {
      execution.close();
      return { ok: false, error: stepError(thrown, this.spec.path).toJSON() };
    };
    try {
      const result = this.spec.body(execution);
      return result instanceof Promise ? result.then(succeed, fail) : succeed(result);
    } catch (thrown) {
      return fail(thrown);
    }
  }

  private completed(attempt: number, { at, result }: Completion): void {
    const { path, step, label } = this.spec;
    const place = { path, node: step.key };
    if (label?.kind === "tool") {
      this.run.events.record({
        type: "tool.returned",
        ...place,
        ...(result.ok ? { result: result.value } : { error: result.error }),
      });
    }
    if (result.ok) {
      const { value, port, usage } = result;
      const leaves = port ?? step.defaultPort;
      this.run.events.record({
        type: "step.completed",
        ...place,
        attempt,
        output: value,
        port: leaves,
        ...(usage && { usage }),
      });
      this.spec.settled({ ...result, attempt });
      return;
    }
    const { error } = result;
    if (error.retryable && step.retry && attempt <= step.retry.times) return this.retry(attempt, { at, error });
    this.run.events.record({ type: "step.failed", ...place, attempt, error });
    this.spec.settled({ ok: false, error, attempt });
  }

  private retry(attempt: number, { at, error }: { at: number; error: SerializedError }): void {
    const { path, step } = this.spec;
    const ms = backoffMs(step.retry!.backoffMs, attempt);
    this.run.events.record({ type: "step.failed", path, node: step.key, attempt, error, willRetryAt: at + ms });
    this.run.unsay(step.index);
    this.operation = `${path}#${attempt}/backoff`;
    this.run.operations.start({ kind: "sleep", id: this.operation, ms }, () => this.begin(attempt + 1));
  }
}

/** What a step threw, as the catalogue has it. An error that no node chose is worth another try, where the step has a policy. */
export function stepError(thrown: unknown, path: string): HeddleError {
  if (thrown instanceof HeddleError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new HeddleError("run.step-crashed", { node: path, detail }, { cause: thrown });
}

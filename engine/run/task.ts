import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { NodeResult, StepContext, StepLabel, Usage } from "../node/operation.ts";
import type { Completion, OperationContext, OperationResult } from "./driver.ts";
import { backoffMs, isWorthRetrying, type RetryPolicy } from "./duration.ts";
import type { PlanStep } from "./plan.ts";
import type { Activity } from "./run-context.ts";
import { StepExecution } from "./step-context.ts";
import type { StepHost } from "./step-host.ts";

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

/** Runs one durable step: tries, waits and tries again as its policy says. Every try is an operation of its own. */
export class Task implements Activity {
  private readonly host: StepHost;
  private readonly spec: TaskSpec;
  private readonly node: string;
  private operation = "";

  constructor(host: StepHost, spec: TaskSpec) {
    this.host = host;
    this.spec = spec;
    this.node = host.nodeOf(spec.step);
  }

  begin(attempt = 1): void {
    const { path, step, input, label } = this.spec;
    const { node } = this;
    const { events, operations } = this.host.run;
    if (input === undefined) events.record({ type: "step.started", path, node, attempt });
    else events.record({ type: "step.started", path, node, attempt, input });
    if (label?.kind === "tool") {
      const { server, tool, arguments: given } = label;
      events.record({ type: "tool.called", path, node, server, tool, arguments: given });
    }
    this.operation = `${path}#${attempt}`;
    operations.start(
      {
        kind: "run",
        id: this.operation,
        run: (context) => this.perform(attempt, context),
        ...(step.timeout && { timeout: step.timeout }),
      },
      (completion) => this.completed(attempt, completion),
    );
  }

  abandon(tell?: boolean): void {
    const { events, operations } = this.host.run;
    operations.abandon(this.operation);
    if (tell) events.record({ type: "step.skipped", path: this.spec.path, node: this.node });
  }

  private perform(attempt: number, operation: OperationContext): OperationResult | Promise<OperationResult> {
    const execution = new StepExecution(this.host, this.spec, { attempt, operation });
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
    const { node } = this;
    const { events } = this.host.run;
    if (label?.kind === "tool") {
      const told = result.ok ? { result: result.value } : { error: result.error };
      events.record({ type: "tool.returned", path, node, ...told });
    }
    if (!result.ok) return this.failed(attempt, { at, error: result.error });
    const { value, usage } = result;
    const port = result.port ?? step.defaultPort;
    if (usage) {
      this.host.run.spend(usage);
      events.record({ type: "step.completed", path, node, attempt, output: value, port, usage });
    } else events.record({ type: "step.completed", path, node, attempt, output: value, port });
    this.spec.settled({ ...result, port, attempt });
  }

  private failed(attempt: number, { at, error }: { at: number; error: SerializedError }): void {
    const { path, step } = this.spec;
    const { retry } = step;
    if (retry && attempt <= retry.times && isWorthRetrying(retry, error))
      return this.retry(attempt, { at, error, retry });
    this.host.run.events.record({ type: "step.failed", path, node: this.node, attempt, error });
    this.spec.settled({ ok: false, error, attempt });
  }

  private retry(
    attempt: number,
    { at, error, retry }: { at: number; error: SerializedError; retry: RetryPolicy },
  ): void {
    const { path, step } = this.spec;
    const { events, operations, runId } = this.host.run;
    const ms = backoffMs(retry, attempt, { runId, path });
    events.record({ type: "step.failed", path, node: this.node, attempt, error, willRetryAt: at + ms });
    this.host.unsay(step.index);
    this.operation = `${path}#${attempt}/backoff`;
    operations.start({ kind: "sleep", id: this.operation, ms }, () => this.begin(attempt + 1));
  }
}

/** What a step threw, as the catalogue has it. An error that no node chose is worth another try, where the step has a policy. */
export function stepError(thrown: unknown, path: string): HeddleError {
  if (thrown instanceof HeddleError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new HeddleError("run.step-crashed", { node: path, detail }, { cause: thrown });
}

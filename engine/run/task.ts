import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { NodeResult, StepContext, StepLabel, Usage } from "../node/operation.ts";
import type { Completion, OperationContext, OperationResult } from "./driver.ts";
import { backoffMs, isWorthRetrying, type RetryPolicy, patienceMs } from "./duration.ts";
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

/**
 * Runs one durable step: tries, waits and tries again as its policy says. Every try is an operation of its own, and the task itself is what
 * the driver gets: one object for all of it.
 */
export class Task implements Activity {
  readonly kind = "run";
  id = "";
  readonly timeout: PlanStep["timeout"];
  private readonly host: StepHost;
  private readonly spec: TaskSpec;
  private readonly node: string;
  private attempt = 0;
  private isPausing = false;

  constructor(host: StepHost, spec: TaskSpec) {
    this.host = host;
    this.spec = spec;
    this.timeout = spec.step.timeout;
    this.node = host.nodeOf(spec.step);
  }

  begin(): void {
    const { path, input, label } = this.spec;
    const { node } = this;
    const { events, operations } = this.host.run;
    const attempt = ++this.attempt;
    if (input === undefined) events.record({ type: "step.started", path, node, attempt });
    else events.record({ type: "step.started", path, node, attempt, input });
    if (label?.kind === "tool") {
      const { server, tool, arguments: given } = label;
      events.record({ type: "tool.called", path, node, server, tool, arguments: given });
    }
    this.id = `${path}#${attempt}`;
    operations.start(this, this);
  }

  abandon(tell?: boolean): void {
    const { events, operations } = this.host.run;
    operations.abandon(this.id);
    if (tell) events.record({ type: "step.skipped", path: this.spec.path, node: this.node });
  }

  /** One try. Never rejects: what the node throws is a result. */
  run(operation: OperationContext): OperationResult | Promise<OperationResult> {
    const { attempt } = this;
    const execution = new StepExecution(this.host, this.spec, { attempt, operation });
    const succeed = (result: NodeResult): OperationResult => {
      execution.close();
      return resultOf(result, execution.spent);
    };
    const fail = (thrown: unknown): OperationResult => {
      execution.close();
      const { spent } = execution;
      return { ok: false, error: stepError(thrown, this.spec.path).toJSON(), ...(spent && { usage: spent }) };
    };
    try {
      const result = this.spec.body(execution);
      return result instanceof Promise ? result.then(succeed, fail) : succeed(result);
    } catch (thrown) {
      return fail(thrown);
    }
  }

  completed({ at, result }: Completion): void {
    if (this.isPausing) {
      this.isPausing = false;
      return this.begin();
    }
    const { path, step, label } = this.spec;
    const { node, attempt } = this;
    const { events } = this.host.run;
    if (label?.kind === "tool") {
      const told = result.ok ? { result: result.value } : { error: result.error };
      events.record({ type: "tool.returned", path, node, ...told });
    }
    const { usage } = result;
    if (usage) this.host.run.spend(usage);
    if (!result.ok) return this.failed(at, result.error, usage);
    const { value } = result;
    const port = result.port ?? step.defaultPort;
    if (usage) events.record({ type: "step.completed", path, node, attempt, output: value, port, usage });
    else events.record({ type: "step.completed", path, node, attempt, output: value, port });
    this.spec.settled({ ok: true, value, port, attempt, ...(usage && { usage }) });
  }

  private failed(at: number, error: SerializedError, usage?: Usage): void {
    const { attempt } = this;
    const { path, step } = this.spec;
    const { retry } = step;
    if (retry && attempt <= retry.times && isWorthRetrying(retry, error)) {
      return this.pause(at, { error, ...(usage && { usage }) }, retry);
    }
    const { events } = this.host.run;
    events.record({ type: "step.failed", path, node: this.node, attempt, error, ...(usage && { usage }) });
    this.spec.settled({ ok: false, error, attempt });
  }

  private pause(at: number, failed: { error: SerializedError; usage?: Usage }, retry: RetryPolicy): void {
    const { node, attempt } = this;
    const { path, step } = this.spec;
    const { events, operations, runId } = this.host.run;
    const ms = Math.max(backoffMs(retry, attempt, { runId, path }), patienceMs(failed.error));
    events.record({ type: "step.failed", path, node, attempt, ...failed, willRetryAt: at + ms });
    this.host.unsay(step.index);
    this.id = `${path}#${attempt}/backoff`;
    this.isPausing = true;
    operations.start({ kind: "sleep", id: this.id, ms }, this);
  }
}

/** Without the fields that it doesn't have, as it is recorded. */
function resultOf({ output: value, port }: NodeResult, usage: Usage | undefined): OperationResult {
  if (port === undefined) return usage ? { ok: true, value, usage } : { ok: true, value };
  return usage ? { ok: true, value, port, usage } : { ok: true, value, port };
}

/** What a step threw, as the catalogue has it. An error that no node chose is worth another try, where the step has a policy. */
export function stepError(thrown: unknown, path: string): HeddleError {
  if (thrown instanceof HeddleError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new HeddleError("run.step-crashed", { node: path, detail }, { cause: thrown });
}

import type { StepContext, Usage } from "../node/operation.ts";
import type { OperationContext } from "./driver.ts";
import type { RunContext } from "./run-context.ts";
import { seedOf } from "./seed.ts";
import type { TaskSpec } from "./task.ts";

interface Try {
  attempt: number;
  operation: OperationContext;
}

/** What one try of a step runs with. After `close` it says nothing more. */
export class StepExecution implements StepContext {
  readonly models: StepContext["models"];
  readonly tools: StepContext["tools"];
  readonly sandbox: StepContext["sandbox"];
  readonly secrets: StepContext["secrets"];
  readonly fetch: StepContext["fetch"];
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly seed: number;
  private readonly run: RunContext;
  private readonly spec: Pick<TaskSpec, "path" | "step">;
  private readonly operation: OperationContext;
  private offset = 0;
  private open = true;
  spent: Usage | undefined;

  constructor(run: RunContext, spec: Pick<TaskSpec, "path" | "step">, { attempt, operation }: Try) {
    const { models, tools, sandbox, secrets, fetch } = run.services;
    this.models = models;
    this.tools = tools;
    this.sandbox = sandbox;
    this.secrets = secrets;
    this.fetch = fetch;
    this.attempt = attempt;
    this.idempotencyKey = `${run.runId}/${spec.path}`;
    this.seed = seedOf(run.runId, spec.path);
    this.run = run;
    this.spec = spec;
    this.operation = operation;
  }

  get signal(): AbortSignal {
    return this.operation.signal;
  }

  // A field, so that a node may hand it on as it is.
  readonly emit = (text: string): void => {
    if (!this.open || text === "" || this.signal.aborted) return;
    const { step, path } = this.spec;
    this.run.say({ node: step.index, key: step.key, path, attempt: this.attempt, offset: this.offset, text });
    this.offset += text.length;
  };

  readonly addUsage = (usage: Usage): void => {
    this.spent = addUsage(this.spent, usage);
  };

  close(): void {
    this.open = false;
  }
}

export function addUsage(sum: Usage | undefined, more: Usage): Usage {
  if (!sum) return { ...more };
  return { inputTokens: sum.inputTokens + more.inputTokens, outputTokens: sum.outputTokens + more.outputTokens };
}

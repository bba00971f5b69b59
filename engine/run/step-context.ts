import type { StepContext, Usage } from "../node/operation.ts";
import type { OperationContext } from "./driver.ts";
import { seedOf } from "./seed.ts";
import type { StepHost } from "./step-host.ts";
import type { TaskSpec } from "./task.ts";

interface Try {
  attempt: number;
  operation: OperationContext;
}

/** What one try of a step runs with. After `close` it says nothing more. */
export class StepExecution implements StepContext {
  readonly attempt: number;
  private readonly host: StepHost;
  private readonly spec: Pick<TaskSpec, "path" | "step">;
  private readonly operation: OperationContext;
  private offset = 0;
  private open = true;
  spent: Usage | undefined;

  constructor(host: StepHost, spec: Pick<TaskSpec, "path" | "step">, { attempt, operation }: Try) {
    this.attempt = attempt;
    this.host = host;
    this.spec = spec;
    this.operation = operation;
  }

  get models(): StepContext["models"] {
    return this.host.run.services.models;
  }

  get tools(): StepContext["tools"] {
    return this.host.run.services.tools;
  }

  get sandbox(): StepContext["sandbox"] {
    return this.host.run.services.sandbox;
  }

  get secrets(): StepContext["secrets"] {
    return this.host.run.services.secrets;
  }

  get fetch(): StepContext["fetch"] {
    return this.host.run.services.fetch;
  }

  get flows(): StepContext["flows"] {
    return this.host.run.services.flows;
  }

  get files(): StepContext["files"] {
    return this.host.run.services.files;
  }

  get idempotencyKey(): string {
    return `${this.host.run.runId}/${this.spec.path}`;
  }

  get seed(): number {
    return seedOf(this.host.run.runId, this.spec.path);
  }

  get signal(): AbortSignal {
    return this.operation.signal;
  }

  /** A function of its own, so that a node may hand it on; made when first asked for, as most steps say nothing. */
  get emit(): StepContext["emit"] {
    return (text) => this.say(text);
  }

  get addUsage(): StepContext["addUsage"] {
    return (usage) => {
      this.spent = addUsage(this.spent, usage);
    };
  }

  close(): void {
    this.open = false;
  }

  private say(text: string): void {
    if (!this.open || text === "" || this.signal.aborted) return;
    const { step, path } = this.spec;
    this.host.say({ node: step.index, path, attempt: this.attempt, offset: this.offset, text });
    this.offset += text.length;
  }
}

export function addUsage(sum: Usage | undefined, more: Usage): Usage {
  if (!sum) return { ...more };
  return { inputTokens: sum.inputTokens + more.inputTokens, outputTokens: sum.outputTokens + more.outputTokens };
}

import type { StepContext, Usage } from "../node/operation.ts";
import type { OperationContext } from "./driver.ts";
import type { RunContext } from "./run-context.ts";
import { seedOf } from "./seed.ts";
import type { TaskSpec } from "./task.ts";

interface Try {
  attempt: number;
  operation: OperationContext;
}

/** The context that one try of a step runs with. After `close` it says nothing more. */
export function stepContext(
  run: RunContext,
  { path, step }: Pick<TaskSpec, "path" | "step">,
  { attempt, operation }: Try,
) {
  let spent: Usage | undefined;
  let offset = 0;
  let open = true;
  const context: StepContext = {
    models: run.services.models,
    tools: run.services.tools,
    sandbox: run.services.sandbox,
    secrets: run.services.secrets,
    fetch: run.services.fetch,
    get signal() {
      return operation.signal;
    },
    attempt,
    idempotencyKey: `${run.runId}/${path}`,
    seed: seedOf(run.runId, path),
    emit(text) {
      if (!open || operation.signal.aborted || text === "") return;
      run.say({ node: step.index, key: step.key, path, attempt, offset, text });
      offset += text.length;
    },
    addUsage: (usage) => {
      spent = addUsage(spent, usage);
    },
  };
  const close = () => {
    open = false;
  };
  return { context, close, usage: () => spent };
}

export function addUsage(sum: Usage | undefined, more: Usage): Usage {
  if (!sum) return { ...more };
  return { inputTokens: sum.inputTokens + more.inputTokens, outputTokens: sum.outputTokens + more.outputTokens };
}

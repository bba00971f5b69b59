import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { NodeProcess, NodeResult, Operation, Usage } from "../node/operation.ts";
import type { PlanStep } from "./plan.ts";
import type { RunContext } from "./run-context.ts";
import { addUsage } from "./step-context.ts";
import { stepError, Task, type Activity } from "./task.ts";

export type ProcessOutcome = { ok: true; result: NodeResult; usage?: Usage } | { ok: false; error: SerializedError };

/** How one yielded operation ended. */
type Ended = { ok: true; value: JsonValue } | { ok: false; error: SerializedError };

/**
 * Runs a node that takes several durable steps: performs what its generator yields and resumes it with the results. A failed operation is
 * thrown into the generator, which may handle it. Of `all`, every operation ends before the first failure, by position, is thrown.
 */
export class Process implements Activity {
  private readonly run: RunContext;
  private readonly step: PlanStep;
  private readonly generator: NodeProcess;
  private readonly settled: (outcome: ProcessOutcome) => void;
  private readonly names = new Set<string>();
  private readonly activities = new Set<Activity>();
  private usage: Usage | undefined;

  constructor(
    run: RunContext,
    step: PlanStep,
    parts: { generator: NodeProcess; settled(outcome: ProcessOutcome): void },
  ) {
    this.run = run;
    this.step = step;
    this.generator = parts.generator;
    this.settled = parts.settled;
  }

  begin(): void {
    this.resume(() => this.generator.next(null));
  }

  abandon(): void {
    for (const activity of this.activities) activity.abandon();
    this.activities.clear();
  }

  private resume(advance: () => IteratorResult<Operation, NodeResult>): void {
    let turn: IteratorResult<Operation, NodeResult>;
    try {
      turn = advance();
      if (!turn.done) this.perform(turn.value, (ended) => this.proceed(ended));
    } catch (thrown) {
      this.abandon();
      this.settled({ ok: false, error: stepError(thrown, this.step.key).toJSON() });
      return;
    }
    if (turn.done) this.settled({ ok: true, result: turn.value, ...(this.usage && { usage: this.usage }) });
  }

  private proceed(ended: Ended): void {
    this.resume(() =>
      ended.ok ? this.generator.next(ended.value) : this.generator.throw(HeddleError.fromJSON(ended.error)),
    );
  }

  private perform(operation: Operation, ended: (ended: Ended) => void): void {
    switch (operation.kind) {
      case "step":
        return this.performStep(operation, ended);
      case "sleep":
        return this.performSleep(operation, ended);
      case "all":
        return this.performAll(operation.operations, ended);
    }
  }

  private performStep(operation: Operation & { kind: "step" }, ended: (ended: Ended) => void): void {
    const { label } = operation;
    const task = new Task(this.run, {
      path: this.pathOf(operation.name),
      step: this.step,
      ...(label && { label }),
      ...(label?.kind === "model" && { input: { model: label.model } }),
      body: (context) => operation.run(context).then((output) => ({ output })),
      settled: (outcome) => {
        this.activities.delete(task);
        if (outcome.ok && outcome.usage) this.usage = addUsage(this.usage, outcome.usage);
        ended(outcome);
      },
    });
    this.activities.add(task);
    task.begin();
  }

  private performSleep({ name, ms }: Operation & { kind: "sleep" }, ended: (ended: Ended) => void): void {
    const id = this.pathOf(name);
    const sleeping: Activity = { abandon: () => this.run.operations.abandon(id) };
    this.activities.add(sleeping);
    this.run.operations.start({ kind: "sleep", id, ms }, () => {
      this.activities.delete(sleeping);
      ended({ ok: true, value: null });
    });
  }

  private performAll(operations: readonly Operation[], ended: (ended: Ended) => void): void {
    if (operations.length === 0) return ended({ ok: true, value: [] });
    const all: Ended[] = [];
    let open = operations.length;
    operations.forEach((operation, position) =>
      this.perform(operation, (one) => {
        all[position] = one;
        if (--open > 0) return;
        const failed = all.find((each) => !each.ok);
        ended(failed ?? { ok: true, value: all.map((each) => (each.ok ? each.value : null)) });
      }),
    );
  }

  private pathOf(name: string): string {
    const path = `${this.step.key}/${name}`;
    if (this.names.has(name)) throw new HeddleError("run.duplicate-step", { node: this.step.key, name });
    this.names.add(name);
    return path;
  }
}

import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { NodeProcess, NodeResult, Operation, Usage } from "../node/operation.ts";
import type { GivenAnswer } from "./answer-output.ts";
import { AllOf, RaceOf, type Outcome, type Perform } from "./combined.ts";
import type { BodyPlan, PlanStep } from "./plan.ts";
import type { Activity, RunContext, Work } from "./run-context.ts";
import { addUsage } from "./step-context.ts";
import type { FlowFailure, StepHost } from "./step-host.ts";
import { stepError, Task } from "./task.ts";
import { Waiting } from "./waiting.ts";

/** `at`: the step inside it that failed, where the node let that failure pass. */
export type ProcessOutcome =
  | { ok: true; result: NodeResult; usage?: Usage }
  | { ok: false; error: SerializedError; at?: { node: string; path: string } };

export interface ProcessSpec {
  path: string;
  step: PlanStep;
  generator: NodeProcess;
  settled(outcome: ProcessOutcome): void;
}

const DONE: Activity = { abandon: () => undefined };

/**
 * Runs a node that takes several durable steps: performs what its generator yields and resumes it with the results. A failed operation is
 * thrown into the generator, which may handle it. However many operations end at once, nothing nests.
 */
export class Process implements Work {
  /** The answers of its rounds, in the order in which the rounds began. */
  readonly answers: GivenAnswer[][] = [];
  private readonly host: StepHost;
  private readonly run: RunContext;
  private readonly spec: ProcessSpec;
  private readonly names = new Set<string>();
  private current: Activity = DONE;
  private next: Outcome | undefined = { ok: true, value: null };
  private isWorking = false;
  private isOver = false;
  private usage: Usage | undefined;
  private rounds = 0;
  private lastRound = -1;
  private hasChild = false;

  constructor(host: StepHost, spec: ProcessSpec) {
    this.host = host;
    this.run = host.run;
    this.spec = spec;
  }

  /** Advances the generator as far as it gets without waiting. */
  work(): void {
    if (this.isWorking) return;
    this.isWorking = true;
    try {
      for (let ended = this.taken(); ended && !this.isOver; ended = this.taken()) this.advance(ended);
    } finally {
      this.isWorking = false;
    }
  }

  abandon(): void {
    this.isOver = true;
    this.current.abandon();
  }

  private taken(): Outcome | undefined {
    const { next } = this;
    this.next = undefined;
    return next;
  }

  private advance(ended: Outcome): void {
    const { generator, settled } = this.spec;
    const failure = ended.ok ? undefined : HeddleError.fromJSON(ended.error);
    let turn: IteratorResult<Operation, NodeResult>;
    try {
      turn = ended.ok ? generator.next(ended.value) : generator.throw(failure);
      this.current = DONE;
      if (!turn.done) {
        this.current = this.perform(turn.value, (one) => this.resume(one));
        return;
      }
    } catch (thrown) {
      this.current.abandon();
      this.isOver = true;
      if (!ended.ok && thrown === failure) settled(ended);
      else settled({ ok: false, error: stepError(thrown, this.spec.path).toJSON() });
      return;
    }
    this.isOver = true;
    settled({ ok: true, result: turn.value, ...(this.usage && { usage: this.usage }) });
  }

  private resume(ended: Outcome): void {
    this.next = ended;
    if (!this.isWorking) this.run.enqueue(this);
  }

  /** An operation that can't begin has failed. */
  private readonly perform: Perform = (operation, ended) => {
    try {
      return this.begin(operation, ended);
    } catch (thrown) {
      ended({ ok: false, error: stepError(thrown, this.spec.path).toJSON() });
      return DONE;
    }
  };

  private begin(operation: Operation, ended: (ended: Outcome) => void): Activity {
    switch (operation.kind) {
      case "step":
        return this.performStep(operation, ended);
      case "sleep":
        return this.performSleep(operation, ended);
      case "signal": {
        const path = this.pathOf(operation.name);
        return new Waiting(this.run, { path, node: this.host.nodeOf(this.spec.step), wait: operation.wait, ended });
      }
      case "body":
        return this.performRound(operation, ended);
      case "evaluate":
        ended(this.evaluated(operation.locals));
        return DONE;
      case "child":
        return this.performChild(operation, ended);
      case "all":
        return new AllOf(operation, this.perform, ended);
      case "race":
        return new RaceOf(operation.operations, this.perform, ended);
    }
  }

  private performStep(operation: Operation & { kind: "step" }, ended: (ended: Outcome) => void): Activity {
    const { label, name } = operation;
    const task = new Task(this.host, {
      path: this.pathOf(name),
      step: this.spec.step,
      ...(label && { label }),
      ...(label?.kind === "model" && { input: { model: label.model } }),
      body: (context) => operation.run(context).then((output) => ({ output })),
      settled: (outcome) => {
        if (outcome.ok && outcome.usage) this.usage = addUsage(this.usage, outcome.usage);
        ended(outcome.ok ? { ok: true, value: outcome.value } : { ok: false, error: outcome.error });
      },
    });
    task.begin();
    return task;
  }

  private performSleep({ name, ms, wait }: Operation & { kind: "sleep" }, ended: (ended: Outcome) => void): Activity {
    const path = this.pathOf(name);
    if (wait) return new Waiting(this.run, { path, node: this.host.nodeOf(this.spec.step), wait, ms, ended });
    this.run.operations.start({ kind: "sleep", id: path, ms }, { completed: () => ended({ ok: true, value: null }) });
    return { abandon: () => this.run.operations.abandon(path) };
  }

  private performRound({ round, locals }: Operation & { kind: "body" }, ended: (ended: Outcome) => void): Activity {
    const { step, path } = this.spec;
    const body = this.bodyPlan();
    if (round <= this.lastRound) throw new HeddleError("run.duplicate-step", { node: path, name: `[${round}]` });
    this.lastRound = round;
    const order = this.rounds++;
    let activity: Activity | undefined;
    let isGone = false;
    this.run.breather.enter(() => {
      if (isGone) return;
      activity = this.host.openRound({
        step,
        body,
        prefix: `${path}[${round}]/`,
        locals,
        ended: (outcome, scope) => {
          if (!outcome.ok) return ended(failureOf(outcome));
          if (outcome.answers.length > 0) this.answers[order] = [...outcome.answers];
          ended(this.rendered(() => body.result(scope)));
        },
      });
    });
    return {
      abandon: (tell) => {
        isGone = true;
        activity?.abandon(tell);
      },
    };
  }

  private performChild(
    { name, flow, input }: Operation & { kind: "child" },
    ended: (ended: Outcome) => void,
  ): Activity {
    const { step, path } = this.spec;
    // The first flow of a step stands under the step's own path, further ones under their names.
    const prefix = this.hasChild ? `${this.pathOf(name)}/` : `${path}/`;
    this.hasChild = true;
    return this.host.openFlow({
      step,
      flow,
      prefix,
      input,
      ended: (outcome) => ended(outcome.ok ? { ok: true, value: outcome.output } : failureOf(outcome)),
    });
  }

  private evaluated(locals: JsonObject): Outcome {
    const body = this.bodyPlan();
    return this.rendered(() => this.host.ask(body, locals));
  }

  private rendered(render: () => JsonValue): Outcome {
    try {
      return { ok: true, value: render() };
    } catch (thrown) {
      return { ok: false, error: stepError(thrown, this.spec.path).toJSON() };
    }
  }

  private bodyPlan(): BodyPlan {
    const { body } = this.spec.step;
    if (!body) throw new TypeError(`“${this.spec.step.definition.type}” has no body to run`);
    return body;
  }

  private pathOf(name: string): string {
    const { path } = this.spec;
    if (this.names.has(name)) throw new HeddleError("run.duplicate-step", { node: path, name });
    this.names.add(name);
    return `${path}/${name}`;
  }
}

const failureOf = ({ error, node, path }: FlowFailure): Outcome => ({ ok: false, error, at: { node, path } });

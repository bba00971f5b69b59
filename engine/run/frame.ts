import { ERROR_PORT } from "../flow/schema.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { Usage } from "../node/operation.ts";
import type { GivenAnswer } from "./answer-output.ts";
import type { AnswerStream, Round } from "./answer-stream.ts";
import type { GivenResult } from "./debug.ts";
import type { FlowRun } from "./flow-run.ts";
import { FrameAnswers } from "./frame-answers.ts";
import { ABANDON, decisionOf, GraphState, nodeOf, RUN } from "./graph-state.ts";
import { errorOutput } from "./null-output.ts";
import type { BodyPlan, GraphPlan, PlanStep } from "./plan.ts";
import type { Activity, Delta, RunContext, Work } from "./run-context.ts";
import { runStep, type StepRunner } from "./run-step.ts";
import { captured, copyEntries, putLarge } from "./scope.ts";
import type { FrameOutcome, StepHost } from "./step-host.ts";
import { Waiting } from "./waiting.ts";

export interface FrameSpec {
  plan: GraphPlan;
  /** What stands around the graph: its steps see what they refer to of it. */
  outer?: JsonObject;
  /** What every step may refer to beside: `item`, `index`. */
  locals?: JsonObject;
  /** What paths begin with: `each_order[3]/`; empty for the flow itself. */
  prefix: string;
  /** What triggers and error handlers get. */
  input: JsonValue;
  trigger?: string;
  /** Whether steps that were under way when the graph failed are told to be skipped; left out: they are. */
  tellsSkipped?(): boolean;
  /** Set where the graph's answers are told. */
  stream?: (stream: AnswerStream) => Round | undefined;
  ended(outcome: FrameOutcome): void;
}

const NONE: readonly GivenAnswer[] = [];

/** One instance of a graph: decides what runs next, starts it, keeps the outputs. */
export class Frame implements StepRunner, Work, Activity {
  readonly run: RunContext;
  readonly scope: JsonObject;
  readonly answers: FrameAnswers | undefined;
  private readonly flow: FlowRun;
  private readonly spec: FrameSpec;
  private readonly plan: GraphPlan;
  private readonly graph: GraphState;
  private readonly round: Round | undefined;
  private readonly completed: boolean[] = [];
  private readonly activities: (Activity | undefined)[] = [];
  private open = 0;
  private at = 0;
  private isQueued = false;
  private isOver = false;

  constructor(flow: FlowRun, spec: FrameSpec) {
    const { plan, outer, locals } = spec;
    this.flow = flow;
    this.run = flow.run;
    this.spec = spec;
    this.plan = plan;
    this.graph = new GraphState(plan);
    this.scope = plan.joinsAny ? { vars: flow.vars, ...plan.emptyScope } : { vars: flow.vars };
    if (outer) copyEntries(outer, plan.captures, this.scope);
    if (locals) Object.assign(this.scope, locals);
    if (plan.answers.length > 0) {
      const { scope, completed, graph } = this;
      this.answers = new FrameAnswers(plan, { scope, completed, graph, telling: flow.telling });
      this.round = spec.stream?.(this.answers.stream);
    }
  }

  /** Begins; what it leads to is done when its turn comes. */
  begin(): void {
    const { trigger } = this.spec;
    this.graph.begin(trigger === undefined ? undefined : this.plan.steps.findIndex(({ key }) => key === trigger));
    this.enqueue();
  }

  /** Acts on decisions in the order they were made, until what is left waits for the driver. */
  work(): void {
    this.isQueued = false;
    const { queue } = this.graph;
    while (this.at < queue.length && !this.isOver) this.act(queue[this.at++]!);
    queue.length = 0;
    this.at = 0;
    if (this.open === 0 && !this.isOver && !this.isQueued) this.succeed();
  }

  abandon(tell?: boolean): void {
    this.isOver = true;
    if (this.round) {
      this.round.isGone = true;
      this.flow.telling.changed();
    }
    this.giveUp(tell);
  }

  nodeOf(step: PlanStep): string {
    return this.flow.owner ?? step.key;
  }

  say(delta: Delta): void {
    const { path, attempt, offset, text } = delta;
    const step = this.plan.steps[delta.node]!;
    this.run.live({
      type: "step.delta",
      runId: this.run.runId,
      path,
      node: this.nodeOf(step),
      attempt,
      n: offset,
      text,
    });
    if (step.definition.streams !== undefined) this.answers?.stream.said(delta);
  }

  unsay(node: number): void {
    this.answers?.stream.unsaid(node);
  }

  openRound({ step, body, prefix, locals, ended }: Parameters<StepHost["openRound"]>[0]): Activity {
    const stream = this.answers?.stream;
    const frame: Frame = new Frame(this.flow, {
      plan: body.graph,
      outer: this.scope,
      locals,
      prefix,
      input: this.spec.input,
      ...(stream && { stream: (inner) => stream.round(step.index, inner) }),
      ended: (outcome) => {
        ended(outcome, frame.freshScope());
      },
    });
    frame.begin();
    return frame;
  }

  openFlow({ step, flow, prefix, input, ended }: Parameters<StepHost["openFlow"]>[0]): Activity {
    const say = (n: number, text: string): void =>
      this.say({ node: step.index, path: this.pathOf(step), attempt: 1, offset: n, text });
    return this.flow.openFlow({ flow, prefix, input, ended, say, owner: this.nodeOf(step) });
  }

  ask(body: BodyPlan, locals: JsonObject): JsonObject {
    const scope = captured(this.freshScope(), body.askedCaptures);
    return body.asked(Object.assign(scope, locals));
  }

  private enqueue(): void {
    if (this.isQueued || this.isOver) return;
    this.isQueued = true;
    this.run.enqueue(this);
  }

  private pathOf(step: PlanStep): string {
    return this.spec.prefix === "" ? step.key : this.spec.prefix + step.key;
  }

  private act(queued: number): void {
    const what = decisionOf(queued);
    const step = this.plan.steps[nodeOf(queued)]!;
    // What runs first may have made it needless before its turn came.
    if (what === RUN && this.graph.isSettled(step.index)) return;
    if (what === RUN && !step.disabled) return this.reach(step);
    if (what === ABANDON) this.drop(step);
    this.scope[step.key] = step.emptyOutput;
    this.run.events.record({ type: "step.skipped", path: this.pathOf(step), node: this.nodeOf(step) });
    if (what === RUN) this.leave(step, step.defaultPort);
    else this.answers?.stream.settled(step.index);
  }

  get input(): JsonValue {
    return this.spec.input;
  }

  /** The scope as it is now, variables included. */
  freshScope(): JsonObject {
    if (this.plan.hasVars) this.scope["vars"] = this.flow.vars;
    return this.scope;
  }

  private drop({ index }: PlanStep): void {
    const activity = this.activities[index];
    if (!activity) return;
    this.activities[index] = undefined;
    this.open--;
    activity.abandon();
  }

  private reach(step: PlanStep): void {
    const path = this.pathOf(step);
    this.run.events.record({ type: "step.ready", path, node: this.nodeOf(step) });
    this.answers?.stream.reached(step.index);
    const { debugging } = this.run;
    if (debugging) {
      const given = debugging.resultOf(path);
      if (given) return this.give(step, given);
      if (this.flow.owner === undefined && debugging.stopsBefore(step.key)) return this.pause(step, path);
    }
    runStep(this, step, path);
  }

  /** A result stands instead of running the step. */
  private give(step: PlanStep, { output, port = step.defaultPort, from }: GivenResult): void {
    const place = { path: this.pathOf(step), node: this.nodeOf(step) };
    this.run.events.record({ type: "step.completed", ...place, attempt: 1, output, port, given: from });
    this.keep(step, output);
    this.leave(step, port);
  }

  /** Waits at a breakpoint until somebody lets the run go on. */
  private pause(step: PlanStep, path: string): void {
    const spec = { path: `${path}/breakpoint`, node: this.nodeOf(step), wait: { kind: "breakpoint" as const } };
    this.start(
      step,
      new Waiting(this.run, {
        ...spec,
        ended: (ended) => {
          this.drop(step);
          this.run.debugging!.goOn(ended.ok ? ended.value : null);
          runStep(this, step, path);
          this.enqueue();
        },
      }),
    );
  }

  start(step: PlanStep, activity: Activity): void {
    this.activities[step.index] = activity;
    this.open++;
  }

  /** The step's activity is over. */
  close(step: PlanStep): void {
    this.activities[step.index] = undefined;
    this.open--;
    this.enqueue();
  }

  completeStep(step: PlanStep, done: { value: JsonValue; port: string; usage?: Usage | undefined }): void {
    const { value, port, usage } = done;
    const place = { path: this.pathOf(step), node: this.nodeOf(step) };
    this.run.events.record({
      type: "step.completed",
      ...place,
      attempt: 1,
      output: value,
      port,
      ...(usage && { usage }),
    });
    this.complete(step, value, port);
  }

  failStep(step: PlanStep, error: SerializedError, at?: { node: string; path: string }): void {
    const place = { path: this.pathOf(step), node: this.nodeOf(step) };
    this.run.events.record({ type: "step.failed", ...place, attempt: 1, error });
    this.failed(step, error, { attempt: 1, at });
  }

  complete(step: PlanStep, value: JsonValue, port: string): void {
    this.keep(step, value);
    if (step.undo) {
      const { emptyScope: empty } = this.plan;
      this.flow.canUndo(step.undo, { step: step.key, scope: this.scope, empty, prefix: this.spec.prefix });
    }
    this.leave(step, port);
  }

  /** The step failed for good: the edge at its error port, else its fallback, else the graph fails. `at`: the step inside it that did. */
  failed(
    step: PlanStep,
    error: SerializedError,
    { attempt, at }: { attempt: number; at?: { node: string; path: string } | undefined },
  ): void {
    if (step.handlesError) {
      this.scope[step.key] = errorOutput(step.emptyOutput, error);
      return this.leave(step, ERROR_PORT);
    }
    const place = { path: this.pathOf(step), node: this.nodeOf(step) };
    if (step.fallback === undefined) return this.fail({ error, ...(at ?? place) });
    this.run.events.record({
      type: "step.completed",
      ...place,
      attempt,
      output: step.fallback,
      port: step.defaultPort,
    });
    this.keep(step, step.fallback);
    this.leave(step, step.defaultPort);
  }

  private keep(step: PlanStep, output: JsonValue): void {
    const large = this.run.events.hold(output);
    if (large) putLarge(this.scope, step.key, large);
    else this.scope[step.key] = output;
    this.completed[step.index] = true;
    if (step.definition.assigns) this.flow.assign(output);
  }

  private leave(step: PlanStep, port: string): void {
    this.graph.complete(step.index, port);
    this.enqueue();
    const stream = this.answers?.stream;
    if (stream) {
      stream.settled(step.index);
      for (const edge of step.outgoing) {
        const { port: exit, to } = this.plan.edges[edge]!;
        if (exit === port && !this.graph.isSettled(to)) stream.reached(to);
      }
    }
    const { debugging } = this.run;
    if (debugging?.until === step.key && this.flow.owner === undefined) this.flow.stopAt(this.scope[step.key]!);
  }

  private succeed(): void {
    this.isOver = true;
    if (this.round) {
      this.round.isOver = true;
      this.flow.telling.changed();
    }
    this.spec.ended({ ok: true, answers: this.answers?.given(this.spec.prefix) ?? NONE });
  }

  private fail(failure: { error: SerializedError; node: string; path: string }): void {
    if (this.isOver) return;
    this.abandon(this.spec.tellsSkipped?.() ?? true);
    this.spec.ended({ ok: false, ...failure });
  }

  private giveUp(tell = false): void {
    for (const [index, activity] of this.activities.entries()) {
      if (!activity) continue;
      activity.abandon();
      if (!tell) continue;
      const step = this.plan.steps[index]!;
      this.run.events.record({ type: "step.skipped", path: this.pathOf(step), node: this.nodeOf(step) });
    }
    this.activities.length = 0;
    this.open = 0;
  }
}

import { HeddleError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import { isJsonObject } from "../lib/json.ts";
import type { Failure } from "../node/operation.ts";
import { flowOutput } from "./answer-output.ts";
import type { Telling } from "./answer-stream.ts";
import { AnswerText } from "./answer-text.ts";
import { Frame } from "./frame.ts";
import type { RunPlan, SidePlan } from "./plan.ts";
import { copyEntries } from "./scope.ts";
import type { Activity, RunContext } from "./run-context.ts";
import type { ChildOutcome, FlowFailure } from "./step-host.ts";
import type { Undo } from "./undo-list.ts";

/** Flows that run flows that run flows: so deep and no deeper. */
const DEEPEST = 32;

export interface FlowSpec {
  plan: RunPlan;
  prefix: string;
  input: JsonValue;
  trigger?: string;
  /** The step of the run's own flow that runs this one, directly or through others. */
  owner?: string;
  parent?: FlowRun;
  /** Tells the text of the flow's answers. */
  say(n: number, text: string): void;
  ended(outcome: ChildOutcome): void;
  /** The debug options’ node ended. */
  stopAt?(output: JsonValue): void;
  /** What undoes its steps, or handles its failure, begins. */
  recovering?(failure: FlowFailure | undefined): void;
}

/** One instance of a flow: its variables, its answers, and what becomes of it when it fails. */
export class FlowRun implements Activity {
  readonly run: RunContext;
  readonly owner: string | undefined;
  /** Replaced with every assignment, so that what was handed out stays as it was. */
  vars: JsonObject = {};
  readonly telling: Telling;
  private readonly spec: FlowSpec;
  private readonly depth: number;
  private root: Frame | undefined;
  /** The frame whose answers are the flow's. */
  private told: Frame | undefined;
  private side: Activity | undefined;
  private isOver = false;

  constructor(run: RunContext, spec: FlowSpec) {
    this.run = run;
    this.spec = spec;
    this.owner = spec.owner;
    this.depth = spec.parent ? spec.parent.depth + 1 : 0;
    const text = new AnswerText(spec.say);
    const refresh = () => void this.told?.answers?.stream.advance();
    this.telling = { text, changed: () => run.changed(text, refresh) };
  }

  begin(): void {
    const { plan, prefix, input } = this.spec;
    const trigger = this.spec.trigger ?? plan.trigger;
    this.root = new Frame(this, {
      plan,
      prefix,
      input,
      ...(trigger !== undefined && { trigger }),
      tellsSkipped: () => this.spec.parent !== undefined || this.recovers,
      ended: (outcome) => (outcome.ok ? this.succeed(flowOutput(outcome.answers)) : this.fail(outcome)),
    });
    this.told = this.root;
    this.root.begin();
  }

  abandon(tell?: boolean): void {
    this.isOver = true;
    this.root?.abandon(tell);
    this.side?.abandon(tell);
  }

  /** Ends it and undoes what it and the flows in it did; `done` when all of that is over. */
  cancel(done: () => void): void {
    const recovers = this.run.undos.of(this).length > 0;
    this.abandon(recovers);
    this.isOver = false;
    if (recovers) this.spec.recovering?.(undefined);
    this.undoNext(done);
  }

  isWithin(other: FlowRun): boolean {
    return this === other || (this.spec.parent?.isWithin(other) ?? false);
  }

  assign(output: JsonValue): void {
    if (isJsonObject(output)) this.vars = { ...this.vars, ...output };
  }

  canUndo(plan: SidePlan, { step, scope, empty, prefix }: Pick<Undo, "step" | "scope" | "empty" | "prefix">): void {
    this.run.undos.add({ flow: this, plan, step, scope, empty, prefix, tries: 0 });
  }

  stopAt(output: JsonValue): void {
    this.spec.stopAt?.(output);
  }

  openFlow(child: Omit<FlowSpec, "plan"> & { flow: string }): Activity {
    const plan = this.spec.plan.flows.get(child.flow);
    const problem = plan ? undefined : new HeddleError("run.no-such-flow", { flow: child.flow });
    const error = this.depth >= DEEPEST ? new HeddleError("run.too-deep", { flow: child.flow }) : problem;
    if (!plan || error) {
      child.ended({ ok: false, error: error!.toJSON(), node: child.owner ?? "", path: child.prefix });
      return { abandon: () => undefined };
    }
    const flow = new FlowRun(this.run, { ...child, plan, parent: this });
    flow.begin();
    return flow;
  }

  /** Whether its failure isn't the end yet. */
  private get recovers(): boolean {
    return this.spec.plan.handler !== undefined || this.run.undos.of(this).length > 0;
  }

  private succeed(output: JsonValue): void {
    if (this.isOver) return;
    this.isOver = true;
    // The rest of its text comes before the end of the step that ran it.
    this.told?.answers?.stream.advance();
    this.spec.ended({ ok: true, output });
  }

  private fail(failure: FlowFailure): void {
    const { handler } = this.spec.plan;
    if (this.recovers) this.spec.recovering?.(failure);
    this.undoNext(() => {
      if (handler) this.handle(handler, failure);
      else this.spec.ended({ ok: false, ...failure });
    });
  }

  /** Undoes one step after the other, the last completed first. One that can't be undone is told like any failed step; the others still are. */
  private undoNext(done: () => void): void {
    if (this.isOver) return;
    const [undo] = this.run.undos.of(this);
    if (!undo) return done();
    const { plan, flow, scope, empty, prefix, step } = undo;
    const own = plan.shared ? `${prefix}${step}/undo/` : prefix;
    const again = undo.tries++ === 0 ? "" : `again ${undo.tries}/`;
    const frame = new Frame(flow, {
      plan: plan.graph,
      outer: whole(scope, empty),
      prefix: `${own}${again}`,
      input: null,
      ended: () => {
        this.run.undos.remove(undo);
        this.undoNext(done);
      },
    });
    this.side = frame;
    frame.begin();
  }

  /** The error handler's way: when it ends in an answer the flow succeeds with it, else it fails with the first error. */
  private handle(handler: SidePlan, failure: FlowFailure): void {
    const { error, node, path } = failure;
    const input: Failure = { error, node, path };
    this.telling.text.rewind({ length: 0, given: 0 });
    const frame = new Frame(this, {
      plan: handler.graph,
      outer: whole(this.root!.scope, this.spec.plan.emptyScope),
      prefix: handler.shared ? `${this.spec.prefix}failure/` : this.spec.prefix,
      input: { ...input },
      ended: (outcome) => {
        if (outcome.ok && outcome.answers.length > 0) this.succeed(flowOutput(outcome.answers));
        else this.spec.ended({ ok: false, ...failure });
      },
    });
    this.told = frame;
    this.side = frame;
    frame.begin();
  }
}

/** A scope with the null outputs of the steps that had none when it ended. */
function whole(scope: JsonObject, empty: JsonObject): JsonObject {
  const filled = { ...empty };
  copyEntries(scope, Object.keys(scope), filled);
  return filled;
}

import type { ExprScope } from "../expr/index.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { GivenAnswer } from "./answer-output.ts";
import type { BodyPlan, PlanStep } from "./plan.ts";
import type { Activity, Delta, RunContext } from "./run-context.ts";

/** A graph that failed: by which step, where in the run. */
export interface FlowFailure {
  error: SerializedError;
  node: string;
  path: string;
}

export type FrameOutcome = { ok: true; answers: readonly GivenAnswer[] } | ({ ok: false } & FlowFailure);

/** The graph that a step runs in, as the step sees it. */
export interface StepHost {
  readonly run: RunContext;
  readonly scope: ExprScope;
  /** The node that events name. */
  nodeOf(step: PlanStep): string;
  /** Tells text of a step that is running. */
  say(delta: Delta): void;
  /** Takes back what the try said so far: it failed and another will say it anew. */
  unsay(node: number): void;
  /** Begins one round of a container. */
  openRound(round: {
    step: PlanStep;
    body: BodyPlan;
    prefix: string;
    locals: JsonObject;
    ended(outcome: FrameOutcome, scope: ExprScope): void;
  }): Activity;
  /** Begins another flow inside this one. */
  openFlow(child: {
    step: PlanStep;
    flow: string;
    prefix: string;
    input: JsonValue;
    ended(outcome: ChildOutcome): void;
  }): Activity;
  /** A container's fields that are rendered on demand. */
  ask(body: BodyPlan, locals: JsonObject): JsonObject;
}

export type ChildOutcome = { ok: true; output: JsonValue } | ({ ok: false } & FlowFailure);

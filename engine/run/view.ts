import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Usage, Wait } from "../node/operation.ts";
import type { DurableEvent, LiveEvent, RunEvent, RunState } from "./events.ts";
import { spliceText } from "./live-text.ts";
import { ownPath } from "./step-path.ts";
import { ViewDraft } from "./view-draft.ts";
import { changeStep, type StepEvent } from "./view-step.ts";

export { ownPath } from "./step-path.ts";

export type StepState = "ready" | "running" | "waiting" | "retrying" | "completed" | "failed" | "skipped";

/** Where the whole of a large value is; by the name of the field that shows its beginning. */
export type LargeFields = Readonly<Record<string, { digest: string; bytes: number }>>;

/** One row of the timeline. Paths with a `/` are steps inside a node: `agent/model 1`, `agent/lookup_order 1`. */
export interface StepView {
  path: string;
  node: string;
  state: StepState;
  readyAt: number;
  startedAt?: number;
  endedAt?: number;
  attempt: number;
  /** Rendered config. */
  input?: JsonValue;
  output?: JsonValue;
  port?: string;
  /** Text streamed so far; replaced by the recorded output's when the step completes. */
  text: string;
  /** It has said something itself, so that what its steps say isn't its text. */
  speaks?: true;
  error?: SerializedError;
  usage?: Usage;
  willRetryAt?: number;
  /** What it waits for while its state is `waiting`, since when, and until when where there is a deadline. */
  wait?: Wait;
  waitingSince?: number;
  until?: number;
  /** Why it has its output without having run. */
  given?: "pinned" | "recorded";
  large?: LargeFields;
  /** It began after the run had failed or was cancelled: it undoes a step or handles the failure. */
  recovers?: true;
  tool?: { server: string; name: string; arguments: JsonValue; result?: JsonValue };
}

/** The rounds of a container. The view holds the steps of the latest ones and of the first that failed, so that it stays small however many there are. */
export interface RoundsView {
  /** How many began. */
  count: number;
  /** Those whose steps are in the view, in the order they began. */
  kept: readonly number[];
  /** How many have a step that failed for good. */
  failures: number;
  /** The first of them. */
  failed: readonly number[];
}

/** A run as it looks after the events so far. All that canvas, timeline and chat draw. Times in ms since 1970. */
export interface RunView {
  runId: string;
  flow: string;
  state: RunState;
  startedAt: number;
  endedAt?: number;
  input?: JsonValue;
  /** The text of the answer so far. */
  answer: string;
  output?: JsonValue;
  error?: SerializedError;
  /** The node that failed the run. */
  failedNode?: string;
  /** Where in the run it failed. */
  failedPath?: string;
  /** The trigger that it began with. */
  trigger?: string;
  large?: LargeFields;
  /** Set once what undoes its steps or handles its failure began: why. */
  recovering?: { error?: SerializedError };
  usage: Usage;
  /** By path. Of a container's rounds only some are kept: see `rounds`. */
  steps: Readonly<Record<string, StepView>>;
  /** By path of the container's step: `each_order`, `each_order[2]/retry`. */
  rounds: Readonly<Record<string, RoundsView>>;
  /** Paths in the order they became ready. */
  order: readonly string[];
  /** The last durable `seq` seen: where a reconnecting client subscribes from. */
  lastSeq: number;
}

export function emptyRunView(runId: string): RunView {
  const usage = { inputTokens: 0, outputTokens: 0 };
  return {
    runId,
    flow: "",
    state: "running",
    startedAt: 0,
    answer: "",
    usage,
    steps: {},
    rounds: {},
    order: [],
    lastSeq: 0,
  };
}

/** Folds one event into the view. Pure; events that were seen already (by `seq`) change nothing. Objects that don't change are shared. */
export const applyEvent = (view: RunView, event: RunEvent): RunView => applyEvents(view, [event]);

/** Folds several events at once, which costs less than one by one. */
export function applyEvents(view: RunView, events: readonly RunEvent[]): RunView {
  const draft = new ViewDraft(view);
  for (const event of events) apply(draft, event);
  return draft.result();
}

function apply(draft: ViewDraft, event: RunEvent): void {
  if ("seq" in event) {
    if (event.seq <= draft.view.lastSeq) return;
    applyDurable(draft, event);
    draft.set({ lastSeq: event.seq });
  } else if (event.type === "answer.delta") {
    const answer = spliceText(draft.view.answer, event);
    if (answer !== draft.view.answer) draft.set({ answer });
  } else {
    const own = ownPath(event);
    sayText(draft, event, event.path);
    // A node with words of its own (a flow that it runs answers) doesn't show those of its steps.
    if (own !== event.path && !draft.view.steps[own]?.speaks) sayText(draft, event, own);
  }
}

/** What a step inside a node says shows on the node too. Text of an earlier try than the current one is late and doesn't count. */
function sayText(draft: ViewDraft, event: LiveEvent & { type: "step.delta" }, path: string): void {
  draft.change({ ...event, path }, (step) => {
    const isLate = step.state !== "running" || (path === event.path && event.attempt < step.attempt);
    const text = isLate ? step.text : spliceText(step.text, event);
    const speaks = step.speaks === true || (!isLate && path === event.path);
    return text === step.text && speaks === (step.speaks === true)
      ? step
      : { ...step, text, ...(speaks && { speaks }) };
  });
}

function applyDurable(draft: ViewDraft, event: DurableEvent): void {
  const { at } = event;
  switch (event.type) {
    case "run.started": {
      const { flow, input, trigger } = event;
      return draft.set({ flow, startedAt: at, input, ...(trigger !== undefined && { trigger }), ...largeOf(event) });
    }
    case "run.waiting":
      return draft.set({ state: "waiting" });
    case "run.resumed":
      return draft.set({ state: "running" });
    case "run.recovering":
      return draft.set({ recovering: event.error ? { error: event.error } : {} });
    case "run.completed": {
      const { output, usage } = event;
      return draft.set({ state: "succeeded", endedAt: at, output, usage, ...largeOf(event, draft.view) });
    }
    case "run.failed": {
      draft.endSteps(at);
      const { error, node: failedNode, path: failedPath, usage = draft.view.usage } = event;
      return draft.set({ state: "failed", endedAt: at, error, failedNode, failedPath, usage });
    }
    case "run.cancelled":
      draft.endSteps(at);
      return draft.set({ state: "cancelled", endedAt: at, usage: event.usage ?? draft.view.usage });
    default:
      return applyStep(draft, event);
  }
}

function applyStep(draft: ViewDraft, event: StepEvent): void {
  draft.change(event, (step) => changeStep(step, event));
  if (event.type === "step.skipped") draft.endSteps(event.at, event.path);
  if (event.type === "step.started") {
    const own = ownPath(event);
    // A new try of a step inside: what the one before said no longer shows on the node.
    if (own !== event.path)
      draft.change({ ...event, path: own }, (step) => (step.text === "" || step.speaks ? step : { ...step, text: "" }));
  }
}

const largeOf = (event: { large?: LargeFields | undefined }, before?: { large?: LargeFields }) =>
  event.large && { large: { ...before?.large, ...event.large } };

import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Usage, Wait } from "../node/operation.ts";
import type { DurableEvent, LiveEvent, RunEvent, RunState } from "./events.ts";
import { spliceText } from "./live-text.ts";

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
  steps: Readonly<Record<string, StepView>>;
  /** Paths in the order they became ready. */
  order: readonly string[];
  /** The last durable `seq` seen: where a reconnecting client subscribes from. */
  lastSeq: number;
}

export function emptyRunView(runId: string): RunView {
  const usage = { inputTokens: 0, outputTokens: 0 };
  return { runId, flow: "", state: "running", startedAt: 0, answer: "", usage, steps: {}, order: [], lastSeq: 0 };
}

/** Folds one event into the view. Pure; events that were seen already (by `seq`) change nothing. Objects that don't change are shared. */
export function applyEvent(view: RunView, event: RunEvent): RunView {
  if ("seq" in event) {
    if (event.seq <= view.lastSeq) return view;
    return { ...applyDurable(view, event), lastSeq: event.seq };
  }
  if (event.type === "answer.delta") {
    const answer = spliceText(view.answer, event);
    return answer === view.answer ? view : { ...view, answer };
  }
  const said = sayText(view, event, event.path);
  return event.path === event.node ? said : sayText(said, event, event.node);
}

/** What a step inside a node says shows on the node too. Text of an earlier try than the current one is late and doesn't count. */
function sayText(view: RunView, event: LiveEvent & { type: "step.delta" }, path: string): RunView {
  return updateStep(view, { ...event, path }, (step) => {
    const isLate = step.state !== "running" || (path === event.path && event.attempt < step.attempt);
    const text = isLate ? step.text : spliceText(step.text, event);
    return text === step.text ? step : { ...step, text };
  });
}

function applyDurable(view: RunView, event: DurableEvent): RunView {
  const { at } = event;
  switch (event.type) {
    case "run.started":
      return { ...view, flow: event.flow, startedAt: at, input: event.input, ...trigger(event), ...large(view, event) };
    case "run.waiting":
      return { ...view, state: "waiting" };
    case "run.resumed":
      return { ...view, state: "running" };
    case "run.recovering":
      return { ...view, recovering: event.error ? { error: event.error } : {} };
    case "run.completed": {
      const { output, usage } = event;
      return { ...view, state: "succeeded", endedAt: at, output, usage, ...large(view, event) };
    }
    case "run.failed":
      return { ...endSteps(view, at), state: "failed", endedAt: at, error: event.error, ...failedAt(event) };
    case "run.cancelled":
      return { ...endSteps(view, at), state: "cancelled", endedAt: at };
    case "step.started":
      return startStep(view, event);
    case "step.skipped":
      return endSteps(
        updateStep(view, event, (step) => ({ ...step, state: "skipped", endedAt: at })),
        at,
        event.path,
      );
    default:
      return updateStep(view, event, (step) => changeStep(step, event));
  }
}

const trigger = (event: { trigger?: string | undefined }) => event.trigger !== undefined && { trigger: event.trigger };

const failedAt = ({ node, path }: { node?: string | undefined; path?: string | undefined }) => ({
  ...(node !== undefined && { failedNode: node }),
  ...(path !== undefined && { failedPath: path }),
});

/** What was large before stays known: an event tells of its own fields only. */
const large = (before: { large?: LargeFields | undefined }, event: { large?: LargeFields | undefined }) =>
  event.large && { large: { ...before.large, ...event.large } };

function startStep(view: RunView, event: DurableEvent & { type: "step.started" }): RunView {
  const { at, attempt, input, path, node } = event;
  const started = updateStep(view, event, (step) => ({
    ...step,
    state: "running",
    startedAt: step.startedAt ?? at,
    attempt,
    text: "",
    willRetryAt: undefined,
    ...(input !== undefined && { input }),
    ...large(step, event),
  }));
  if (path === node) return started;
  return updateStep(started, { path: node, node, at }, (step) => (step.text === "" ? step : { ...step, text: "" }));
}

type StepEvent = Extract<
  DurableEvent,
  { type: "step.ready" | "step.waiting" | "tool.called" | "tool.returned" | "step.completed" | "step.failed" }
>;

function changeStep(step: StepView, event: StepEvent): StepView {
  switch (event.type) {
    case "step.ready":
      return step;
    case "step.waiting": {
      const { at: waitingSince, wait, until } = event;
      return { ...step, state: "waiting", startedAt: step.startedAt ?? waitingSince, waitingSince, wait, until };
    }
    case "tool.called":
      return {
        ...step,
        ...large(step, event),
        tool: { server: event.server, name: event.tool, arguments: event.arguments },
      };
    case "tool.returned":
      if (!step.tool || event.result === undefined) return step;
      return { ...step, ...large(step, event), tool: { ...step.tool, result: event.result } };
    case "step.completed": {
      const { at: endedAt, attempt, output, port, usage, given } = event;
      const done = { state: "completed", endedAt, attempt, output, port, usage, error: undefined } as const;
      return { ...step, ...done, ...NO_WAIT, ...(given && { given }), ...large(step, event) };
    }
    case "step.failed": {
      const { at, error, willRetryAt } = event;
      if (willRetryAt === undefined) return { ...step, ...NO_WAIT, state: "failed", endedAt: at, error, willRetryAt };
      return { ...step, ...NO_WAIT, state: "retrying", endedAt: undefined, error, willRetryAt };
    }
  }
}

const NO_WAIT = { wait: undefined, waitingSince: undefined, until: undefined };

/** What is still under way (inside the given node, or everywhere) goes no further. */
function endSteps(view: RunView, at: number, inside?: string): RunView {
  const open = Object.values(view.steps).filter(
    (step) => step.endedAt === undefined && (inside === undefined || step.path.startsWith(`${inside}/`)),
  );
  return open.reduce(
    (ended, step) => updateStep(ended, { ...step, at }, (one) => ({ ...one, state: "skipped", endedAt: at })),
    view,
  );
}

const newStep = (path: string, node: string, at: number): StepView => ({
  path,
  node,
  state: "ready",
  readyAt: at,
  attempt: 0,
  text: "",
});

interface StepPlace {
  path: string;
  node: string;
  at: number;
}

function updateStep(view: RunView, { path, node, at }: StepPlace, change: (step: StepView) => StepView): RunView {
  const known = view.steps[path];
  const step = change(known ?? { ...newStep(path, node, at), ...(view.recovering && { recovers: true }) });
  if (step === known) return view;
  return { ...view, steps: { ...view.steps, [path]: step }, order: known ? view.order : [...view.order, path] };
}

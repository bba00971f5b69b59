import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Usage } from "../node/operation.ts";
import type { LiveEvent, RunEvent, RunState } from "./events.ts";
import { spliceText } from "./live-text.ts";

export type StepState = "ready" | "running" | "retrying" | "completed" | "failed" | "skipped";

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
  if (event.type === "answer.delta") return withAnswer(view, spliceText(view.answer, event));
  const said = sayText(view, event.path, event);
  return event.path === event.node ? said : sayText(said, event.node, event);
}

const withAnswer = (view: RunView, answer: string): RunView => (answer === view.answer ? view : { ...view, answer });

/** What a step inside a node says shows on the node too. Text of an earlier try than the current one is late and doesn't count. */
function sayText(view: RunView, path: string, event: LiveEvent & { type: "step.delta" }): RunView {
  return updateStep(view, path, event.node, event.at, (step) => {
    const isLate = step.state === "completed" || (path === event.path && event.attempt < step.attempt);
    const text = isLate ? step.text : spliceText(step.text, event);
    return text === step.text ? step : { ...step, text };
  });
}

function applyDurable(view: RunView, event: Extract<RunEvent, { seq: number }>): RunView {
  const at = event.at;
  switch (event.type) {
    case "run.started":
      return { ...view, flow: event.flow, startedAt: at, input: event.input };
    case "step.ready":
      return updateStep(view, event.path, event.node, at, (step) => step);
    case "step.started":
      return updateStep(view, event.path, event.node, at, (step) => ({
        ...step,
        state: "running",
        startedAt: step.startedAt ?? at,
        attempt: event.attempt,
        text: "",
        willRetryAt: undefined,
        ...(event.input !== undefined && { input: event.input }),
      }));
    case "tool.called":
      return updateStep(view, event.path, event.node, at, (step) => ({
        ...step,
        tool: { server: event.server, name: event.tool, arguments: event.arguments },
      }));
    case "tool.returned":
      return updateStep(view, event.path, event.node, at, (step) =>
        step.tool && event.result !== undefined ? { ...step, tool: { ...step.tool, result: event.result } } : step,
      );
    case "step.completed":
      return updateStep(view, event.path, event.node, at, (step) => ({
        ...step,
        state: "completed",
        endedAt: at,
        attempt: event.attempt,
        output: event.output,
        port: event.port,
        usage: event.usage,
        error: undefined,
      }));
    case "step.failed":
      return updateStep(view, event.path, event.node, at, (step) => ({
        ...step,
        state: event.willRetryAt === undefined ? "failed" : "retrying",
        endedAt: event.willRetryAt === undefined ? at : undefined,
        error: event.error,
        willRetryAt: event.willRetryAt,
      }));
    case "step.skipped":
      return updateStep(view, event.path, event.node, at, (step) => ({ ...step, state: "skipped", endedAt: at }));
    case "run.waiting":
      return { ...view, state: "waiting" };
    case "run.resumed":
      return { ...view, state: "running" };
    case "run.completed":
      return { ...view, state: "succeeded", endedAt: at, output: event.output, usage: event.usage };
    case "run.failed":
      return { ...view, state: "failed", endedAt: at, error: event.error, failedNode: event.node };
    case "run.cancelled":
      return { ...view, state: "cancelled", endedAt: at };
  }
}

function updateStep(
  view: RunView,
  path: string,
  node: string,
  at: number,
  change: (step: StepView) => StepView,
): RunView {
  const known = view.steps[path];
  const step = change(known ?? { path, node, state: "ready", readyAt: at, attempt: 0, text: "" });
  if (step === known) return view;
  return { ...view, steps: { ...view.steps, [path]: step }, order: known ? view.order : [...view.order, path] };
}

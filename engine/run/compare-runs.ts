import { canonicalJson } from "../lib/canonical-json.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { DurableEvent } from "./events.ts";

/** How two runs differ at one step; a side without it didn't get there. */
export interface RunDifference {
  path: string;
  node: string;
  kind: "same" | "changed" | "only-left" | "only-right";
  /** What differs: `input`, `output`, `port`, `state`. */
  fields: string[];
  left?: JsonValue;
  right?: JsonValue;
}

interface RecordedStep {
  node: string;
  state: string;
  /** Undefined for a step that didn't start: its result was given, or it was skipped. */
  input?: JsonValue;
  output: JsonValue;
  port: string;
}

const FIELDS = ["state", "input", "output", "port"] as const;

/** Step by step, in the order in which the left run met them, then what only the right one did. `left` and `right` are the outputs, or the error. */
export function compareRuns(left: readonly DurableEvent[], right: readonly DurableEvent[]): RunDifference[] {
  const [a, b] = [stepsOf(left), stepsOf(right)];
  const paths = [...new Set([...a.keys(), ...b.keys()])];
  return paths.map((path) => difference(path, a.get(path), b.get(path)));
}

function difference(path: string, left: RecordedStep | undefined, right: RecordedStep | undefined): RunDifference {
  const node = (left ?? right)!.node;
  if (!left) return { path, node, kind: "only-right", fields: [], right: right!.output };
  if (!right) return { path, node, kind: "only-left", fields: [], left: left.output };
  const fields = FIELDS.filter((field) => differs(left[field], right[field]));
  return { path, node, kind: fields.length > 0 ? "changed" : "same", fields, left: left.output, right: right.output };
}

/** What one side doesn't have can't differ. */
const differs = (left: JsonValue | undefined, right: JsonValue | undefined): boolean =>
  left !== undefined && right !== undefined && canonicalJson(left) !== canonicalJson(right);

function stepsOf(events: readonly DurableEvent[]): Map<string, RecordedStep> {
  const steps = new Map<string, RecordedStep>();
  for (const event of events) {
    if (!("path" in event) || event.path === undefined || !("node" in event) || event.node === undefined) continue;
    const { path, node } = event;
    const step = steps.get(path) ?? { node, state: "ready", output: null, port: "" };
    steps.set(path, { ...step, ...changeOf(event) });
  }
  return steps;
}

/** What an event tells of its step. A large value stands as its digest beside its beginning: that differs when the value does. */
function changeOf(event: DurableEvent): Partial<RecordedStep> {
  const whole = (field: string, value: JsonValue): JsonValue => {
    const large = "large" in event ? event.large?.[field] : undefined;
    return large ? ({ preview: value, large } satisfies JsonObject) : value;
  };
  switch (event.type) {
    case "step.started":
      return { state: "running", input: whole("input", event.input ?? null) };
    case "step.waiting":
      return { state: "waiting" };
    case "step.completed":
      return { state: "completed", output: whole("output", event.output), port: event.port };
    case "step.failed":
      return { state: "failed", output: { error: event.error.code, message: event.error.message } };
    case "step.skipped":
      return { state: "skipped" };
    case "tool.called":
      return { state: "running", input: whole("arguments", event.arguments) };
    case "tool.returned":
      return { state: event.error ? "failed" : "completed", output: whole("result", event.result ?? null) };
    case "step.ready":
    case "run.started":
    case "run.waiting":
    case "run.resumed":
    case "run.recovering":
    case "run.completed":
    case "run.failed":
    case "run.cancelled":
      return {};
  }
}

import { expect } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../lib/json.ts";
import type { RunEvent } from "../events.ts";
import type { RunOutcome } from "../execute.ts";
import { ANSWER_SEPARATOR } from "../answer-output.ts";
import type { NaiveOutcome } from "./naive.ts";

/** How a step ended, as the events tell it. */
export interface StepEnd {
  state: "running" | "completed" | "failed" | "skipped";
  port?: string;
  output?: JsonValue;
}

/** By path: how each step that was met ended. A step that is skipped takes along what is under way inside it. */
export function stepsOf(events: readonly RunEvent[]): Record<string, StepEnd> {
  const steps: Record<string, StepEnd> = {};
  for (const event of events) {
    if (event.type === "step.started" || event.type === "step.ready") steps[event.path] = { state: "running" };
    else if (event.type === "step.failed") steps[event.path] = { state: "failed" };
    else if (event.type === "step.skipped") skip(steps, event.path);
    else if (event.type === "step.completed")
      steps[event.path] = { state: "completed", port: event.port, output: event.output };
  }
  return steps;
}

function skip(steps: Record<string, StepEnd>, path: string): void {
  steps[path] = { state: "skipped" };
  for (const [inner, step] of Object.entries(steps)) {
    const isInside = inner.startsWith(`${path}/`) || inner.startsWith(`${path}[`);
    if (isInside && step.state === "running") steps[inner] = { state: "skipped" };
  }
}

/** The text of a run's output: what the answer must have become, however it streamed. */
export const textOf = (outcome: RunOutcome): string =>
  outcome.state === "succeeded" && isJsonObject(outcome.output) ? String(outcome.output["text"]) : "";

/** The text that a reference to a step's output gives. */
function valueOf(output: JsonValue | undefined): string {
  const { value, text, port } = output as JsonObject;
  const first = value ?? text ?? port ?? "";
  return typeof first === "string" ? first : JSON.stringify(first);
}

/** Fails where a run differs from what the naive interpreter says. */
export function compareWithNaive(
  { fatal, fates, answers }: NaiveOutcome,
  { outcome, told, answer }: { outcome: RunOutcome; told: readonly RunEvent[]; answer: string },
): void {
  if (outcome.state === "failed") {
    expect(fatal).toContain(outcome.node);
    return;
  }
  expect(fatal).toEqual([]);
  expect(answer).toBe(answers.join(ANSWER_SEPARATOR));
  expect(answer).toBe(textOf(outcome));
  const steps = stepsOf(told);
  for (const [path, fate] of fates) {
    const step = steps[path];
    if (!fate) expect([path, step?.state]).toEqual([path, "skipped"]);
    else if (step?.state === "skipped") expect([path, fate.value]).toEqual([path, ""]);
    else if (fate.port === "error") expect([path, step?.state]).toEqual([path, "failed"]);
    else expect([path, step?.port, valueOf(step?.output)]).toEqual([path, fate.port, fate.value]);
  }
  expect(Object.values(steps).filter(({ state }) => state === "running")).toEqual([]);
}

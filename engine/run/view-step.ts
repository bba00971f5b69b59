import type { DurableEvent } from "./events.ts";
import type { LargeFields, StepView } from "./view.ts";

/** The events that tell of one step. */
export type StepEvent = Extract<
  DurableEvent,
  {
    type:
      | "step.ready"
      | "step.started"
      | "step.waiting"
      | "step.skipped"
      | "tool.called"
      | "tool.returned"
      | "step.completed"
      | "step.failed";
  }
>;

const NO_WAIT = { wait: undefined, waitingSince: undefined, until: undefined };

/** A step after an event of its own; the same object where nothing changes. */
export function changeStep(step: StepView, event: StepEvent): StepView {
  const { at } = event;
  switch (event.type) {
    case "step.ready":
      return step;
    case "step.started":
      return startStep(step, event);
    case "step.waiting": {
      const { wait, until } = event;
      return { ...step, state: "waiting", startedAt: step.startedAt ?? at, waitingSince: at, wait, until };
    }
    case "step.skipped":
      return { ...step, ...NO_WAIT, state: "skipped", endedAt: at };
    case "tool.called": {
      const tool = { server: event.server, name: event.tool, arguments: event.arguments };
      return { ...step, tool, ...large(step, event) };
    }
    case "tool.returned":
      if (!step.tool || event.result === undefined) return step;
      return { ...step, tool: { ...step.tool, result: event.result }, ...large(step, event) };
    case "step.completed": {
      const { attempt, output, port, usage, given } = event;
      const done = { state: "completed", endedAt: at, attempt, output, port, usage, error: undefined } as const;
      return { ...step, ...NO_WAIT, ...done, ...(given && { given }), ...large(step, event) };
    }
    case "step.failed": {
      const { error, willRetryAt } = event;
      const failed = { ...step, ...NO_WAIT, error, willRetryAt };
      if (willRetryAt === undefined) return { ...failed, state: "failed", endedAt: at };
      return { ...failed, state: "retrying", endedAt: undefined };
    }
  }
}

function startStep(step: StepView, event: StepEvent & { type: "step.started" }): StepView {
  const { at, attempt, input } = event;
  return {
    ...step,
    ...NO_WAIT,
    state: "running",
    startedAt: step.startedAt ?? at,
    attempt,
    text: "",
    speaks: undefined,
    willRetryAt: undefined,
    ...(input !== undefined && { input }),
    ...large(step, event),
  };
}

/** What was large before stays known: an event tells of its own fields only. */
const large = (before: { large?: LargeFields | undefined }, event: { large?: LargeFields | undefined }) =>
  event.large && { large: { ...before.large, ...event.large } };

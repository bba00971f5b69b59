import type { RunView, StepView } from "../../../engine/run/view.ts";

/** The steps that wait, the first that came there first. */
export function waitingSteps(view: Pick<RunView, "steps" | "order">): StepView[] {
  return view.order.flatMap((path) => {
    const step = view.steps[path];
    return step?.state === "waiting" && step.wait ? [step] : [];
  });
}

/** Those of them that wait at a breakpoint. */
export const pausedSteps = (view: Pick<RunView, "steps" | "order">): StepView[] =>
  waitingSteps(view).filter((step) => step.wait?.kind === "breakpoint");

import { ownPath, type RunView, type StepView } from "../../../engine/run/view.ts";
import { hasEnded } from "../create-run-store.ts";

/** The steps that wait, the first that came there first. */
export function waitingSteps(view: Pick<RunView, "steps" | "order">): StepView[] {
  return view.order.flatMap((path) => {
    const step = view.steps[path];
    return step?.state === "waiting" && step.wait ? [step] : [];
  });
}

/**
 * What there is to wait for in a run, or inside one of its steps: without the deadlines of other waits of the same node, which those tell
 * themselves.
 */
export function openWaits(view: Pick<RunView, "steps" | "order">, inside?: string): StepView[] {
  const waiting = waitingSteps(view).filter(
    ({ path }) => inside === undefined || path === inside || path.startsWith(`${inside}/`),
  );
  const asked = new Set(waiting.filter(({ wait }) => wait?.kind !== "delay").map(ownPath));
  return waiting.filter((step) => step.wait?.kind !== "delay" || !asked.has(ownPath(step)));
}

/**
 * Whether a run keeps others from starting here: it works, or somebody walks through it. One that waits for a person, an event or a time
 * does so by itself, for weeks if need be.
 */
export const isUnderWay = (view: RunView): boolean =>
  !hasEnded(view) && (view.state !== "waiting" || pausedSteps(view).length > 0);

/** Those of them that wait at a breakpoint. */
export const pausedSteps = (view: Pick<RunView, "steps" | "order">): StepView[] =>
  waitingSteps(view).filter((step) => step.wait?.kind === "breakpoint");

import { Coordinator, type RunOutcome, type RunRequest } from "./coordinator.ts";
import type { RunPlan } from "./plan.ts";

export type { RunOutcome, RunRequest } from "./coordinator.ts";

/**
 * Runs a plan on a driver to its end. Failure and cancellation are outcomes; a rejection means that the driver failed and the run is
 * unfinished: executing it again on a driver that knows what was recorded goes on from there.
 */
export async function execute(plan: RunPlan, request: RunRequest): Promise<RunOutcome> {
  const { driver } = request;
  const run = new Coordinator(plan, request);
  run.begin();
  while (!run.outcome) {
    const next = driver.next();
    run.take(next instanceof Promise ? await next : next);
  }
  await driver.finish();
  return run.outcome;
}

import type { SerializedError } from "../../engine/lib/errors/error.ts";
import type { PublishEvent } from "../../engine/rpc/contract.ts";

export const STAGES = ["check", "bundle", "cluster", "push", "activate", "ready"] as const;
export type Stage = (typeof STAGES)[number];
export type StageState = "waiting" | "running" | "done" | "failed";
export type PublishedFlow = NonNullable<PublishEvent["deployment"]>;

/** A publish as it looks after the events so far. */
export interface Progress {
  stages: Readonly<Record<Stage, { state: StageState; detail?: string }>>;
  deployment?: PublishedFlow;
  error?: SerializedError;
}

const waiting = { state: "waiting" } as const;

export const NOT_STARTED: Progress = {
  stages: { check: waiting, bundle: waiting, cluster: waiting, push: waiting, activate: waiting, ready: waiting },
};

/** Folds one event. Stages before one that runs are done, whether they said so or not. */
export function applyPublishEvent(progress: Progress, event: PublishEvent): Progress {
  const index = STAGES.indexOf(event.stage);
  const stages = { ...progress.stages };
  for (const earlier of STAGES.slice(0, index)) {
    if (stages[earlier].state !== "done") stages[earlier] = { ...stages[earlier], state: "done" };
  }
  stages[event.stage] = { state: event.state, ...(event.detail !== undefined && { detail: event.detail }) };
  return {
    stages,
    ...((event.deployment ?? progress.deployment) && { deployment: event.deployment ?? progress.deployment }),
    ...(event.error && { error: event.error }),
  };
}

/** Marks where a publish that broke off stood. */
export function breakOff(progress: Progress, error: SerializedError): Progress {
  const stage = STAGES.find((each) => progress.stages[each].state !== "done") ?? "ready";
  return {
    ...progress,
    error,
    stages: { ...progress.stages, [stage]: { ...progress.stages[stage], state: "failed" } },
  };
}

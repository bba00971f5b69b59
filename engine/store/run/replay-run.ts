import { randomUUID } from "node:crypto";
import { HeddleError } from "../../lib/errors/error.ts";
import { asRunId, type RunId } from "../../lib/ids.ts";
import { execute } from "../../run/execute.ts";
import { planOrThrow } from "../../run/plan.ts";
import type { RunServiceOptions } from "../run-service.ts";
import type { StoredRun } from "../runs.ts";
import { ReplayDriver } from "./replay-driver.ts";
import type { RunStores } from "./run-stores.ts";

/**
 * Plays an ended run again from what it was told, as a run of its own: nothing is executed, and times are the recorded ones, save when the replay itself
 * began. `diverged` is the first place where the engine of today says something else, or the operation that it no longer takes.
 */
export async function replayRun(
  run: StoredRun,
  { runs, turns, values }: RunStores,
  { catalog, services }: Pick<RunServiceOptions, "catalog" | "services">,
): Promise<{ runId: RunId; diverged?: string }> {
  const pinned = runs.flowOf(run.runId)!;
  const plan = planOrThrow(pinned.flow, catalog, pinned);
  const runId = asRunId(randomUUID());
  // A replay of a replay is one of the run that was executed: seeds and keys of its steps are made from that run's id.
  const executed = run.origin?.kind === "replay" ? run.origin.runId : run.runId;
  const copy = runs.add({
    ...run,
    ...pinned,
    runId,
    startedAt: Date.now(),
    origin: { runId: executed, kind: "replay" },
  })!;
  const [first] = turns.events(run, 0);
  const driver = new ReplayDriver({
    runId,
    // When the run was executed, however often it was played since.
    startedAt: first?.at ?? run.startedAt,
    told: turns.journal(run).recorded(),
    events: turns.events(run, 0),
    journal: turns.journal(copy),
    ...(values && { values }),
  });
  const { name, revision, input, trigger, debug } = run;
  try {
    const request = { runId: executed, flow: name, revision, input, services, driver };
    await execute(plan, { ...request, ...(trigger !== undefined && { trigger }), ...(debug && { debug }) });
  } catch (thrown) {
    driver.end(HeddleError.from(thrown).toJSON());
  }
  const { diverged } = driver;
  return { runId, ...(diverged !== undefined && { diverged }) };
}

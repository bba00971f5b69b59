import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { debugSchema, type DebugOptions } from "../../engine/run/debug.ts";
import type { DurableEvent } from "../../engine/run/events.ts";
import { reusableResults } from "../../engine/run/reusable-results.ts";
import type { RunService } from "../../engine/store/run-service.ts";
import { revisionOf } from "../../engine/store/revision.ts";
import { changedFlows } from "./changed-flows.ts";
import { readable } from "./start-run.ts";
import type { Workspace } from "./workspace.ts";

/** What `runs.fork` of the contract asks for. */
export interface ForkRequest {
  runId: string;
  text: string;
  from?: string | undefined;
  input?: JsonValue | undefined;
  debug?: DebugOptions | undefined;
}

/**
 * Starts a run of the flow as the text says with what an earlier run recorded, as far as that can't be different now. What the user pinned
 * goes before what is recorded; on another input everything runs anew.
 */
export async function forkRun(
  workspace: Workspace,
  request: ForkRequest,
): Promise<{ runId: string; reused: string[] }> {
  const { runId: origin, text, from, debug = debugSchema.parse({}) } = request;
  await Promise.all([workspace.known(), workspace.projectFlows.look()]);
  const runs = await workspace.runs();
  const { flow } = readable(workspace.engine.read(text));
  const events = runs.recorded(origin);
  const started = events.find((event) => event.type === "run.started");
  if (!started) throw new HeddleError("not-found", { kind: "run", name: origin });
  const reused =
    request.input !== undefined
      ? {}
      : reusableResults({
          before: runs.flowOf(origin),
          after: flow,
          events,
          catalog: workspace.engine.catalog,
          changedFlows: changedFlows(runs.flowsOf(origin), workspace.projectFlows.all(), workspace.engine.catalog),
          value: (digest) => runs.value({ runId: origin, digest }),
          ...(from !== undefined && { from }),
        });
  const runId = await runs.start({
    flow,
    name: started.flow,
    revision: revisionOf(text),
    input: request.input ?? inputOf(started, runs),
    debug: { ...debug, given: { ...reused, ...debug.given } },
    origin: { runId: origin, kind: "fork" },
    ...(started.trigger !== undefined && { trigger: started.trigger }),
  });
  return { runId, reused: Object.keys(reused) };
}

function inputOf(started: Extract<DurableEvent, { type: "run.started" }>, runs: RunService): JsonValue {
  const whole = started.large?.["input"];
  return whole ? runs.value({ runId: started.runId, digest: whole.digest }) : started.input;
}

import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { DebugOptions } from "../../engine/run/debug.ts";
import { revisionOf } from "../../engine/store/revision.ts";
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

/** Starts a run of the flow as the text says with what an earlier run recorded, as far as that can't be different now. */
export async function forkRun(
  workspace: Workspace,
  request: ForkRequest,
): Promise<{ runId: string; reused: string[] }> {
  const { runId: origin, text, from, debug } = request;
  await workspace.known();
  const runs = await workspace.runs();
  const { flow } = readable(workspace.engine.read(text));
  const events = runs.recorded(origin);
  const started = events.find((event) => event.type === "run.started");
  if (!started) throw new HeddleError("not-found", { kind: "run", name: origin });
  throw new HeddleError("internal", { detail: `${flow.name} ${from} ${debug?.until} ${revisionOf(text)}` });
}

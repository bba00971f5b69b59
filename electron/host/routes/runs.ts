import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { isErrorCode } from "../../../engine/lib/errors/catalog.ts";
import type { FlowSource } from "../../../engine/flow/index.ts";
import { host } from "../../../engine/rpc/server/index.ts";
import { revisionOf } from "../../../engine/store/revision.ts";
import { coalesceDeltas } from "../coalesce-deltas.ts";
import type { HostContext } from "../context.ts";

export function runRoutes(context: HostContext) {
  return {
    start: host.runs.start.handler(async ({ input }) => {
      const source = context.engine.read(input.text);
      refuseUnreadable(source);
      const runs = await context.workspace().runs();
      const runId = await runs.start({
        flow: source.flow,
        name: input.flow,
        revision: revisionOf(input.text),
        input: input.input,
      });
      return { runId };
    }),
    events: host.runs.events.handler(async function* ({ input, signal }) {
      const runs = await context.workspace().runs();
      yield* coalesceDeltas(runs.events({ ...input, ...(signal && { signal }) }));
    }),
    cancel: host.runs.cancel.handler(async ({ input }) => {
      await (await context.workspace().runs()).cancel(input.runId);
      return { ok: true as const };
    }),
    list: host.runs.list.handler(async ({ input }) => (await context.workspace().runs()).list(input)),
  };
}

/** What could not be read of a text could change what the run does: then it doesn't start. */
function refuseUnreadable(source: FlowSource): void {
  const problem = source.problems.find((candidate) => candidate.severity === "error");
  if (problem && isErrorCode(problem.code)) throw new HeddleError(problem.code, problem.params);
}

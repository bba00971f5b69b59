import { compareRuns } from "../../../engine/run/compare-runs.ts";
import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";
import { forkRun } from "../fork-run.ts";

/** Runs made from earlier runs. */
export function debuggingRoutes(context: HostContext) {
  const runs = () => context.workspace().runs();
  return {
    fork: host.runs.fork.handler(({ input }) => forkRun(context.workspace(), input)),
    replay: host.runs.replay.handler(async ({ input }) => (await runs()).replay(input.runId)),
    compare: host.runs.compare.handler(async ({ input }) => {
      const service = await runs();
      return compareRuns(service.recorded(input.left), service.recorded(input.right));
    }),
  };
}

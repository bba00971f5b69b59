import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";
import { flowText } from "../flow-engine.ts";
import { inFrames } from "../in-frames.ts";
import { startRun } from "../start-run.ts";

export function runRoutes(context: HostContext) {
  const runs = () => context.workspace().runs();
  return {
    start: host.runs.start.handler(async ({ input }) => ({ runId: await startRun(context.workspace(), input) })),
    events: host.runs.events.handler(async function* ({ input, signal }) {
      const { runId, after, live } = input;
      const service = await runs();
      if (live)
        for await (const told of inFrames(service.events({ runId, after, ...(signal && { signal }) }))) yield* told;
      else yield* service.recorded(runId).filter(({ seq }) => seq > after);
    }),
    follow: host.runs.follow.handler(async function* ({ input, signal }) {
      yield* inFrames((await runs()).events({ ...input, ...(signal && { signal }) }));
    }),
    cancel: host.runs.cancel.handler(async ({ input }) => {
      await (await runs()).cancel(input.runId);
      return { ok: true as const };
    }),
    answer: host.runs.answer.handler(async ({ input }) => {
      await (await runs()).answer(input);
      return { ok: true as const };
    }),
    list: host.runs.list.handler(async ({ input }) => (await runs()).list(input)),
    value: host.runs.value.handler(async ({ input }) => (await runs()).value(input)),
    flowText: host.runs.flowText.handler(async ({ input }) => ({ text: flowText((await runs()).flowOf(input.runId)) })),
    prune: host.runs.prune.handler(async ({ input: { days, runs: most } }) => {
      const policy = { ...(days !== undefined && { days }), ...(most !== undefined && { runs: most }) };
      const isSaid = days !== undefined || most !== undefined;
      return { removed: (await runs()).prune(isSaid ? policy : await context.settings.keptRuns()) };
    }),
    remove: host.runs.remove.handler(async ({ input }) => {
      (await runs()).remove(input.runId);
      return { ok: true as const };
    }),
  };
}

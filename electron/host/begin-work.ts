import type { HostContext } from "./context.ts";
import type { Workspace } from "./workspace.ts";

const DAY_MS = 24 * 60 * 60_000;
/** How long it is remembered which calls and due times led to which run. */
const REMEMBER_FIRINGS_MS = 90 * DAY_MS;

/**
 * What a project does by itself while it is open: unfinished runs go on, triggers listen, old runs are removed now and daily. Returns at
 * once, with the way to end it, which resolves when nothing of it is under way.
 */
export function beginWork(workspace: Workspace, context: HostContext): () => Promise<void> {
  let ended = false;
  const tidy = async () => {
    const [runs, triggers, kept] = await Promise.all([
      workspace.runs(),
      workspace.triggers(),
      context.settings.keptRuns(),
    ]);
    if (ended) return;
    runs.prune(kept);
    triggers.forget(Date.now() - REMEMBER_FIRINGS_MS);
  };
  const begin = async () => {
    await workspace.known();
    if (ended) return;
    const runs = await workspace.runs();
    if (ended) return;
    runs.resumeUnfinished();
    await tidy();
  };
  // What goes wrong here is told where it is asked for, too.
  let work = begin().catch(context.report);
  const daily = setInterval(() => void (work = work.then(tidy).catch(context.report)), DAY_MS);
  daily.unref();
  return async () => {
    ended = true;
    clearInterval(daily);
    await work;
  };
}

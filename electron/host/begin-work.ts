import { afterTheCanvas } from "./after-the-canvas.ts";
import type { HostContext } from "./context.ts";
import type { Workspace } from "./workspace.ts";

const DAY_MS = 24 * 60 * 60_000;
/** How long it is remembered which calls and due times led to which run. */
const REMEMBER_FIRINGS_MS = 90 * DAY_MS;

/** What a project does by itself: everything; only go on with its runs, for a command that wakes one; nothing, for a command that looks. */
export type OwnWork = "all" | "runs" | "none";

/** Work that was begun. */
export interface BegunWork {
  /** Resolves when unfinished runs go on. */
  begun: Promise<void>;
  /** Ends it; resolves when nothing of it is under way. */
  end(): Promise<void>;
}

/** Lets unfinished runs go on and, with `all`, triggers listen and old runs be removed, now and daily. */
export function beginWork(workspace: Workspace, context: HostContext): BegunWork {
  let ended = false;
  const tidy = async () => {
    if (ended) return;
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
  };
  // What goes wrong here is told where it is asked for, too.
  const begun = context.work === "none" ? Promise.resolve() : begin().catch(context.report);
  const tidyUp = () => {
    work = work.then(tidy).catch(context.report);
  };
  let work: Promise<void> = begun;
  const daily = context.work === "all" ? setInterval(tidyUp, DAY_MS).unref() : undefined;
  // Listening and tidying can wait until the page is drawn; who asks for triggers starts them at once.
  if (context.work === "all") afterTheCanvas(tidyUp);
  return {
    begun,
    async end() {
      ended = true;
      clearInterval(daily);
      await work;
    },
  };
}

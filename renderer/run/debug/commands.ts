import { documentStore } from "../../document/store.ts";
import { currentLanguage, translate } from "../../i18n/index.ts";
import { errorText, getRpc } from "../../rpc/index.ts";
import { shellStore } from "../../shell/store.ts";
import { notify } from "../../ui/index.ts";
import { hasEnded } from "../create-run-store.ts";
import { openFlowDebug, runOpenFlow } from "../run-flow.ts";
import { runStore } from "../store.ts";
import { pausedSteps } from "./paused.ts";

/** How many runs of a flow are looked at for one with results. */
const LOOKED_AT = 20;

/** Runs the open flow up to a node and no further. */
export function runTo(key: string): void {
  shellStore.getState().showDrawer("run");
  runOpenFlow({ until: key });
}

/** Runs the open flow up to the first node and waits there; Step goes on, node by node. */
export function runStepping(): void {
  shellStore.getState().showDrawer("run");
  runOpenFlow({ stepping: true });
}

/** Runs the open flow from a node on: everything before it keeps the results of the flow's last run. */
export async function runFrom(key: string): Promise<void> {
  const runId = await lastRun();
  if (runId === undefined) return void notify.say(translate("run:debug.nothingToReuse"));
  await fork({ runId, from: key });
}

/** Runs the open flow again from a step of the shown run. */
export async function forkFrom(path: string): Promise<void> {
  const { view } = runStore.getState();
  if (view) await fork({ runId: view.runId, from: path });
}

/** Goes on with the flow as it is edited now: what the edits can't have changed keeps its results. */
export async function continueWithEdits(): Promise<void> {
  const { view } = runStore.getState();
  if (view) await fork({ runId: view.runId });
}

/** Goes on to the next breakpoint. */
export async function continueRun(): Promise<void> {
  await Promise.all(shownPaused().map((path) => answerBreakpoint(path, false)));
}

/** Goes on to the next node. */
export async function stepRun(): Promise<void> {
  const [path] = shownPaused();
  if (path !== undefined) await answerBreakpoint(path, true);
}

async function fork(origin: { runId: string; from?: string }): Promise<void> {
  const { source } = documentStore.getState();
  const before = runStore.getState().view;
  shellStore.getState().showDrawer("run");
  const runId = await runStore.getState().fork({ ...origin, text: source.text, debug: openFlowDebug() });
  // The run that it was made from would wait for ever.
  if (runId !== undefined && before?.runId === origin.runId && !hasEnded(before)) {
    await getRpc()
      .runs.cancel({ runId: origin.runId })
      .catch((error: unknown) => sayFailed("run:debug.stopFailed", error));
  }
}

/** The shown run if it is one of the open flow, else the flow's newest that isn't a replay. */
async function lastRun(): Promise<string | undefined> {
  const { name } = documentStore.getState();
  const { view } = runStore.getState();
  if (!name) return undefined;
  if (view?.flow === name) return view.runId;
  const runs = await getRpc()
    .runs.list({ flow: name, limit: LOOKED_AT })
    .catch(() => []);
  return runs.find((run) => run.origin?.kind !== "replay")?.runId;
}

function shownPaused(): string[] {
  const { view } = runStore.getState();
  return view ? pausedSteps(view).map(({ path }) => path) : [];
}

async function answerBreakpoint(path: string, stepping: boolean): Promise<void> {
  const { view } = runStore.getState();
  if (!view) return;
  try {
    await getRpc().runs.answer({ runId: view.runId, path, value: { stepping } });
  } catch (error) {
    sayFailed("run:debug.continueFailed", error);
  }
}

const sayFailed = (words: "run:debug.continueFailed" | "run:debug.stopFailed", error: unknown): void =>
  void notify.failed(translate(words), errorText(currentLanguage(), error));

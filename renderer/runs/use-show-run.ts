import type { RunSummary } from "../../engine/rpc/contract.ts";
import { useTranslation } from "../i18n/index.ts";
import { useFlows, useInfo } from "../rpc/index.ts";
import { runStore } from "../run/index.ts";
import { openFlow } from "../shell/project-actions.ts";
import { shellStore } from "../shell/store.ts";
import { notify } from "../ui/index.ts";

/** Opens a run's flow and shows the run on it. */
export function useShowRun(): (run: Pick<RunSummary, "runId" | "flow" | "origin">) => Promise<void> {
  const { t } = useTranslation("runs");
  const flows = useFlows().data;
  const project = useInfo().data?.project;
  return async (run) => {
    if (project && flows?.some(({ name }) => name === run.flow)) await openFlow(project, run.flow);
    else notify.say(t("flowGone"));
    runStore.getState().show(run.runId, run.origin);
    shellStore.getState().showDrawer("run");
  };
}

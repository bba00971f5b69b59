import { Ellipsis, Map, Play, Rewind, Trash2 } from "lucide-react";
import { useState } from "react";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh } from "../rpc/index.ts";
import { hasEndedState, runStore } from "../run/index.ts";
import { openPast } from "../shell/project-actions.ts";
import {
  ConfirmDialog,
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
  IconButton,
  notify,
} from "../ui/index.ts";
import { useShowRun } from "./use-show-run.ts";

/** What else can be done with a run: see the flow as it was, replay it, stop or remove it. */
export function RunMenu({ run }: { run: RunSummary }) {
  const { t } = useTranslation(["runs", "shell"]);
  const errorText = useErrorText();
  const showRun = useShowRun();
  const [removing, setRemoving] = useState(false);
  const id = run.runId.slice(0, 8);
  const ended = hasEndedState(run.state);

  async function attempt(act: () => Promise<unknown>, failed: string) {
    try {
      await act();
    } catch (error) {
      notify.failed(failed, errorText(error));
    }
    await refresh(QUERY.runs);
  }

  async function replay() {
    await showRun(run);
    await runStore.getState().replay(run.runId);
    await refresh(QUERY.runs);
  }

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("more", { id })} size="sm">
            <Ellipsis size={15} aria-hidden />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem icon={<Play size={14} aria-hidden />} onSelect={() => void showRun(run)}>
            {t("openLong")}
          </DropdownMenuItem>
          <DropdownMenuItem
            icon={<Map size={14} aria-hidden />}
            onSelect={() => void attempt(() => openPast(run), t("asItWasFailed"))}
          >
            {t("asItWas")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={<Rewind size={14} aria-hidden />} disabled={!ended} onSelect={() => void replay()}>
            {t("replay")}
          </DropdownMenuItem>
          {ended ? (
            <DropdownMenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setRemoving(true)}>
              {t("remove")}
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem
              danger
              icon={<Trash2 size={14} aria-hidden />}
              onSelect={() => void attempt(() => getRpc().runs.cancel({ runId: run.runId }), t("cancelFailed"))}
            >
              {t("cancel")}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={t("removeTitle", { id })}
        description={t("removeBody")}
        confirmLabel={t("shell:common.remove")}
        cancelLabel={t("shell:common.cancel")}
        onConfirm={() => void attempt(() => getRpc().runs.remove({ runId: run.runId }), t("removeFailed"))}
      />
    </>
  );
}

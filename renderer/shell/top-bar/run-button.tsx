import { ArrowRightFromLine, ArrowRightToLine, History, PencilLine, Play, Square, StepForward } from "lucide-react";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { isUnderWay, runFrom, runStepping, runTo, useRun, useRunInputs } from "../../run/index.ts";
import { Button, DropdownMenuItem, keyLabel, SplitButton } from "../../ui/index.ts";
import { editInput, runAgain, runNow } from "../commands/run-commands.ts";
import { useSelectedStep } from "../commands/use-debug-actions.ts";

/** Run, with its variants; Stop while a run goes on. */
export function RunButton() {
  const { t } = useTranslation();
  const view = useRun((state) => state.view);
  const phase = useRun((state) => state.phase);
  const cancel = useRun((state) => state.cancel);
  const open = useDocument((state) => state.name !== null);
  const path = useDocument((state) => state.path);
  const ranBefore = useRunInputs((state) => path in state.last);
  const step = useSelectedStep();
  if (view && isUnderWay(view) && phase !== "ended") {
    return (
      <Button icon={<Square size={11} fill="currentColor" aria-hidden />} onClick={() => void cancel()}>
        {t("top.stop")}
      </Button>
    );
  }
  return (
    <SplitButton
      icon={<Play size={12} fill="currentColor" aria-hidden />}
      onClick={runNow}
      disabled={!open}
      busy={phase === "starting"}
      menuLabel={t("top.runMenu")}
      menu={
        <>
          <DropdownMenuItem icon={<Play size={14} aria-hidden />} onSelect={runNow} shortcut={keyLabel("mod+enter")}>
            {t("top.run")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={<History size={14} aria-hidden />} disabled={!ranBefore} onSelect={runAgain}>
            {t("top.runAgain")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={<PencilLine size={14} aria-hidden />} onSelect={editInput}>
            {t("top.runEdit")}
          </DropdownMenuItem>
          <DropdownMenuItem
            icon={<ArrowRightToLine size={14} aria-hidden />}
            disabled={step === undefined}
            onSelect={() => step !== undefined && runTo(step)}
          >
            {t("top.runTo")}
          </DropdownMenuItem>
          <DropdownMenuItem
            icon={<ArrowRightFromLine size={14} aria-hidden />}
            disabled={step === undefined}
            onSelect={() => step !== undefined && void runFrom(step)}
          >
            {t("top.runFrom")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={<StepForward size={14} aria-hidden />} onSelect={runStepping}>
            {t("top.runStepping")}
          </DropdownMenuItem>
        </>
      }
    >
      {t("top.run")}
    </SplitButton>
  );
}

import { Check, ChevronLeft, ChevronRight, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../i18n/index.ts";
import { formatDuration } from "../../run/format.ts";
import { chosenRounds, useRounds } from "../../selection/rounds.ts";
import { Tooltip } from "../../ui/index.ts";
import { roundsOf, shownRound } from "./run-paths.ts";
import { useFlowRun, useStep, useStepPath } from "./run-state.ts";

/** How a container's run went, in its head: which round is shown, and how it ended. */
export function FrameRun({ id }: { id: string }) {
  const step = useStep(id);
  const took = step?.endedAt === undefined ? undefined : step.endedAt - (step.startedAt ?? step.readyAt);
  return (
    <>
      <Rounds id={id} />
      {step?.state === "completed" && (
        <span className="flex shrink-0 items-center gap-1 text-11 leading-4.5 text-ok tabular-nums">
          <Check size={12} strokeWidth={2.5} aria-hidden />
          {took !== undefined && <span className="text-ink-3">{formatDuration(took)}</span>}
        </span>
      )}
      {step?.error && (step.state === "failed" || step.state === "retrying") && <Trouble id={id} />}
    </>
  );
}

function Trouble({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const errorText = useErrorText();
  const error = useStep(id)?.error;
  return (
    <Tooltip content={error ? errorText(error) : t("run.failed")} side="top">
      <span className="flex shrink-0 items-center gap-1 text-11 leading-4.5 text-bad">
        <X size={12} strokeWidth={2.5} aria-hidden /> {t("run.failedShort")}
      </span>
    </Tooltip>
  );
}

/** Which round the steps in the body are shown in, and the way to the others. */
function Rounds({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const path = useStepPath(id);
  const rounds = useRounds();
  const runId = useFlowRun((view) => view.runId) ?? "";
  const count = useFlowRun((view) => roundsOf(view, path)) ?? 0;
  const shown = useFlowRun((view) => shownRound(view, path, chosenRounds(rounds, view.runId))) ?? 0;
  if (count === 0) return null;
  const go = (round: number) => rounds.choose(runId, path, round);
  return (
    <span className="nodrag flex shrink-0 items-center rounded-full border border-line bg-panel text-11 leading-4.5 text-ink-2 tabular-nums">
      <button type="button" className={STEP} aria-label={t("body.roundBefore")} disabled={shown === 0} onClick={() => go(shown - 1)}>
        <ChevronLeft size={12} aria-hidden />
      </button>
      <span aria-label={t("body.round", { round: shown + 1, count })}>
        {shown + 1} / {count}
      </span>
      <button type="button" className={STEP} aria-label={t("body.roundAfter")} disabled={shown >= count - 1} onClick={() => go(shown + 1)}>
        <ChevronRight size={12} aria-hidden />
      </button>
    </span>
  );
}

const STEP = "grid h-5 w-4.5 place-items-center rounded-full hover:text-accent disabled:opacity-35";

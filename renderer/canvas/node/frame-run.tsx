import { Check, ChevronLeft, ChevronRight, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/shallow";
import { useErrorText } from "../../i18n/index.ts";
import { formatDuration } from "../../run/format.ts";
import { chosenRounds, useRounds } from "../../selection/rounds.ts";
import { Tooltip } from "../../ui/index.ts";
import { roundsBeside, shownRound } from "./run-paths.ts";
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

/** Which round the steps in the body are shown in, and the way to the others and to the first one that failed. */
function Rounds({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const path = useStepPath(id);
  const rounds = useRounds();
  const runId = useFlowRun((view) => view.runId) ?? "";
  const known = useFlowRun((view) => view.rounds[path]);
  const shown = useFlowRun((view) => shownRound(view, path, chosenRounds(rounds, view.runId))) ?? 0;
  const { before, after } = useFlowRun(useShallow((view) => roundsBeside(view, path, shown))) ?? {};
  if (!known || known.count === 0) return null;
  const go = (round: number | undefined) => round !== undefined && rounds.choose(runId, path, round);
  const [failed] = known.failed;
  return (
    <span className="nodrag flex shrink-0 items-center gap-1 text-11 leading-4.5 tabular-nums">
      {failed !== undefined && failed !== shown && (
        <button
          type="button"
          className="rounded-full bg-bad-soft px-1.75 text-bad hover:underline"
          onClick={() => go(failed)}
        >
          {t("body.failedRounds", { count: known.failures })}
        </button>
      )}
      <span className="flex items-center rounded-full border border-line bg-panel text-ink-2">
        <Step label={t("body.roundBefore")} disabled={before === undefined} onClick={() => go(before)}>
          <ChevronLeft size={12} aria-hidden />
        </Step>
        <span aria-label={t("body.round", { round: shown + 1, count: known.count })}>
          {shown + 1} / {known.count}
        </span>
        <Step label={t("body.roundAfter")} disabled={after === undefined} onClick={() => go(after)}>
          <ChevronRight size={12} aria-hidden />
        </Step>
      </span>
    </span>
  );
}

function Step({
  label,
  disabled,
  onClick,
  children,
}: {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={(event) => {
        // The container isn't selected by looking through its rounds.
        event.stopPropagation();
        onClick();
      }}
      className="grid h-5 w-4.5 place-items-center rounded-full hover:text-accent disabled:opacity-35"
    >
      {children}
    </button>
  );
}

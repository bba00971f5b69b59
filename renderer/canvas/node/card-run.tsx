import type { TFunction } from "i18next";
import { Check, Hourglass, RotateCw, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";
import type { StepView } from "../../../engine/run/view.ts";
import { useErrorText, useLanguage, useText } from "../../i18n/index.ts";
import { useSelection } from "../../selection/store.ts";
import { formatDuration } from "../../run/format.ts";
import { liveText, outcome, runningTool, useFlowRun, useStep, useStepPath } from "./run-state.ts";

/** The foot of a card: how its step went in the shown run. Nothing while there is no run. */
export function CardRun({ id, shape }: { id: string; shape: NodeAnalysis | undefined }) {
  const step = useStep(id);
  switch (step?.state) {
    case "running":
      return <Live id={id} />;
    case "waiting":
      return <Waiting step={step} />;
    case "completed":
      return <Done step={step} shape={shape} />;
    case "failed":
    case "retrying":
      return <Trouble id={id} step={step} />;
    default:
      return null;
  }
}

function Live({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const path = useStepPath(id);
  const text = useFlowRun((view) => liveText(view, path)) ?? "";
  const tool = useFlowRun((view) => runningTool(view, path));
  if (text === "" && tool === undefined) return null;
  return (
    <div aria-live="off" className="mx-2.75 mb-2.5 rounded-control bg-line-2 px-2.25 py-1.75 text-12 text-ink">
      {text === "" ? (
        <span className="text-ink-2">{t("run.calling", { tool })}</span>
      ) : (
        <div className="live-text max-h-13.5">
          <div className="[overflow-wrap:anywhere]">
            {text.slice(-400)}
            <span
              aria-hidden
              className="ml-0.5 inline-block h-3.25 w-1.5 animate-caret rounded-[1px] bg-accent align-[-2px]"
            />
          </div>
        </div>
      )}
    </div>
  );
}

/** What the step waits for, and until when. */
function Waiting({ step: { wait, until } }: { step: StepView }) {
  const { t } = useTranslation("canvas");
  const language = useLanguage();
  if (!wait) return null;
  const time =
    until !== undefined &&
    new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" }).format(
      until,
    );
  return (
    <div className="mx-2.75 mb-2.5 flex items-start gap-1.5 rounded-control bg-line-2 px-2.25 py-1.75 text-12 text-ink">
      {wait.kind === "task" ? (
        <UserRound size={13} aria-hidden className="mt-0.75 shrink-0 text-family-people" />
      ) : (
        <Hourglass size={13} aria-hidden className="mt-0.75 shrink-0 text-ink-3" />
      )}
      <span className="min-w-0">
        {waitWords(t, wait)} {time && <span className="text-ink-3">{t("run.until", { time })}</span>}
      </span>
    </div>
  );
}

function waitWords(t: TFunction<"canvas">, wait: NonNullable<StepView["wait"]>): string {
  switch (wait.kind) {
    case "event":
      return t("run.waiting.event", { name: wait.event });
    case "task":
      return wait.assignee === undefined ? t("run.waiting.taskAnyone") : t("run.waiting.task", { name: wait.assignee });
    default:
      return t(`run.waiting.${wait.kind}`);
  }
}

function Done({ step, shape }: { step: StepView; shape: NodeAnalysis | undefined }) {
  const { t } = useTranslation("canvas");
  const text = useText();
  const named = shape?.ports.find((port) => port.id === step.port)?.label;
  const word = named ? text(named) : (outcome(step.output, shape) ?? t("run.done"));
  const tokens = step.usage ? step.usage.inputTokens + step.usage.outputTokens : 0;
  const took = step.endedAt === undefined ? undefined : step.endedAt - (step.startedAt ?? step.readyAt);
  return (
    <div className="flex items-center gap-2.5 border-t border-line-2 px-2.75 py-1.25 text-11 text-ink-3 tabular-nums">
      <span className="flex min-w-0 items-center gap-1 font-medium text-ok">
        <Check size={12} strokeWidth={2.5} aria-hidden className="shrink-0" />
        <span className="truncate">{word}</span>
      </span>
      {step.given ? (
        <span className="truncate">{t(step.given === "pinned" ? "run.given" : "run.reused")}</span>
      ) : (
        took !== undefined && <span className="shrink-0">{formatDuration(took)}</span>
      )}
      {tokens > 0 && <span className="shrink-0">{t("run.tokens", { count: tokens })}</span>}
    </div>
  );
}

function Trouble({ id, step }: { id: string; step: StepView }) {
  const { t } = useTranslation("canvas");
  const errorText = useErrorText();
  const { goTo, showTab } = useSelection.getState();
  const retrying = step.state === "retrying";
  return (
    <div className={retrying ? "mx-2.75 mb-2.5 text-12 text-warn" : "mx-2.75 mb-2.5 text-12 text-bad"}>
      <p className="line-clamp-4 [overflow-wrap:anywhere]">{step.error ? errorText(step.error) : t("run.failed")}</p>
      {retrying ? (
        <p className="mt-1 flex items-center gap-1 text-ink-3">
          <RotateCw size={12} aria-hidden /> {t("run.retrying", { attempt: step.attempt + 1 })}
        </p>
      ) : (
        <button
          type="button"
          className="nodrag mt-1 font-medium text-accent hover:underline"
          onClick={() => {
            goTo(id);
            showTab("input");
          }}
        >
          {t("run.showInput")}
        </button>
      )}
    </div>
  );
}

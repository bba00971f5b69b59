import { Check, Circle, X } from "lucide-react";
import type { ReactNode } from "react";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { Callout, cn, Spinner } from "../ui/index.ts";
import { STAGES, type Progress, type StageState } from "./progress.ts";

const MARKS: Record<StageState, ReactNode> = {
  waiting: <Circle size={14} aria-hidden className="text-line-strong" />,
  running: <Spinner size={14} />,
  done: <Check size={14} aria-hidden className="text-ok" />,
  failed: <X size={14} aria-hidden className="text-bad" />,
};

/** The stages of a publish, live. */
export function Stages({ progress }: { progress: Progress }) {
  const { t } = useTranslation("publish");
  const errorText = useErrorText();
  return (
    <div>
      <ol aria-live="polite" className="flex flex-col gap-1.5">
        {STAGES.map((stage) => {
          const { state, detail } = progress.stages[stage];
          return (
            <li key={stage} className="flex items-center gap-2.5">
              <span className={cn("grid size-5 shrink-0 place-items-center", state === "running" && "text-accent")}>
                {MARKS[state]}
              </span>
              <span className={state === "waiting" ? "text-ink-3" : state === "running" ? "font-medium" : ""}>
                {t(`stage.${stage}`)}
                <span className="sr-only">: {t(`stageState.${state}`)}</span>
              </span>
              {detail && (
                <span className="min-w-0 flex-1 truncate text-right font-mono text-11 text-ink-3">{detail}</span>
              )}
            </li>
          );
        })}
      </ol>
      {progress.error && (
        <Callout tone="bad" className="mt-3">
          {errorText(progress.error)}
        </Callout>
      )}
    </div>
  );
}

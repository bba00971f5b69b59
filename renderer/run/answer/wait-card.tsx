import type { Wait } from "../../../engine/node/operation.ts";
import type { StepView } from "../../../engine/run/view.ts";
import { useLanguage, useTranslation } from "../../i18n/index.ts";
import { Button } from "../../ui/index.ts";
import { continueRun, stepRun } from "../debug/commands.ts";
import { formatMoment } from "../format.ts";
import { Deadline } from "./deadline.tsx";
import { EventForm } from "./event-form.tsx";
import { TaskForm } from "./task-form.tsx";

export interface WaitCardProps {
  runId: string;
  step: Pick<StepView, "path" | "waitingSince" | "until">;
  wait: Wait;
}

/** What a step waits for, since when and how long, and the way to end the wait right here. */
export function WaitCard({ runId, step, wait }: WaitCardProps) {
  const language = useLanguage();
  const { t } = useTranslation("run");
  const words = useWaitWords();
  return (
    <section
      aria-label={t("wait.label")}
      className="flex flex-col gap-3 rounded-[8px] border border-line bg-sunken px-3 py-2.5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <div className="text-13 font-semibold">{words(wait)}</div>
        <span className="text-12 text-ink-3 tabular-nums">
          {[
            wait.kind === "task" && wait.assignee && t("wait.assignee", { name: wait.assignee }),
            step.waitingSince !== undefined && t("wait.since", { moment: formatMoment(step.waitingSince, language) }),
            step.until !== undefined && t("wait.until", { moment: formatMoment(step.until, language) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {step.until !== undefined && <Deadline until={step.until} className="text-12" />}
      </div>
      <WaitAnswer runId={runId} path={step.path} wait={wait} />
    </section>
  );
}

function WaitAnswer({ runId, path, wait }: { runId: string; path: string; wait: Wait }) {
  const { t } = useTranslation("run");
  switch (wait.kind) {
    case "task":
      return <TaskForm compact place={{ runId, path }} wait={wait} />;
    case "event":
      return <EventForm event={wait.event} {...(wait.key !== undefined && { correlation: wait.key })} />;
    case "breakpoint":
      return (
        <div className="flex gap-2">
          <Button variant="primary" size="sm" onClick={() => void continueRun()}>
            {t("debug.continue")}
          </Button>
          <Button size="sm" onClick={() => void stepRun()}>
            {t("debug.step")}
          </Button>
        </div>
      );
    case "delay":
      return null;
  }
}

/** A wait in a few words: the task's title, the event's name. */
function useWaitWords(): (wait: Wait) => string {
  const { t } = useTranslation("run");
  return (wait) => {
    switch (wait.kind) {
      case "task":
        return wait.title;
      case "event":
        return wait.key
          ? t("wait.eventKey", { event: wait.event, key: wait.key })
          : t("wait.event", { event: wait.event });
      case "breakpoint":
        return t("wait.breakpoint");
      case "delay":
        return t("wait.delay");
    }
  };
}

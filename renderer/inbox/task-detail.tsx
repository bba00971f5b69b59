import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { useLanguage, useTranslation } from "../i18n/index.ts";
import { useFlows } from "../rpc/index.ts";
import { Deadline, formatMoment, TaskForm } from "../run/index.ts";
import { useShowRun } from "../runs/index.ts";
import { Button, Card, notify } from "../ui/index.ts";
import type { Task } from "./tasks.ts";

/** One task in full, with its answer. `onTouch`: somebody works on it, so it stays on screen when others come. */
export function TaskDetail({ task, onTouch }: { task: Task; onTouch: () => void }) {
  const { t } = useTranslation("inbox");
  const showRun = useShowRun();
  const { wait, runId, path } = task;
  const answered = (choice: string) =>
    notify.done(t("answered", { title: wait.title, choice }), t("answeredBody"), {
      label: t("openRun"),
      onClick: () => void showRun(task),
    });
  return (
    <section aria-label={wait.title} className="min-h-0 overflow-y-auto p-px" onFocus={onTouch}>
      <Card className="max-w-180 p-5">
        <div className="mb-3 flex items-start gap-4">
          <h2 className="min-w-0 flex-1 text-16 font-semibold text-pretty">{wait.title}</h2>
          <Button size="sm" icon={<ExternalLink size={13} aria-hidden />} onClick={() => void showRun(task)}>
            {t("openRun")}
          </Button>
        </div>
        <TaskFacts task={task} />
        <TaskForm place={{ runId, path }} wait={wait} onAnswered={answered} />
      </Card>
    </section>
  );
}

function TaskFacts({ task }: { task: Task }) {
  const { t } = useTranslation("inbox");
  const language = useLanguage();
  const flow = useFlows().data?.find(({ name }) => name === task.flow)?.title ?? task.flow;
  return (
    <dl className="mb-4 flex flex-wrap gap-x-6 gap-y-1 border-b border-line-2 pb-3 text-12">
      <Fact name={t("flow")}>{flow}</Fact>
      <Fact name={t("assignee")}>{task.wait.assignee ?? t("anyone")}</Fact>
      <Fact name={t("asked")}>{formatMoment(task.since, language)}</Fact>
      {task.until !== undefined && (
        <Fact name={t("deadline")}>
          {formatMoment(task.until, language)} · <Deadline until={task.until} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

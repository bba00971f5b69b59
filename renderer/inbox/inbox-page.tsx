import { Inbox } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "../i18n/index.ts";
import { useInbox } from "../rpc/index.ts";
import { NothingHere } from "../shell/nothing-here.tsx";
import { Badge, Page, Spinner } from "../ui/index.ts";
import { TaskDetail } from "./task-detail.tsx";
import { TaskList } from "./task-list.tsx";
import { openTasks, shownTask, taskId } from "./tasks.ts";

/** What runs ask people, live; each task is answered where it is read. */
export function InboxPage() {
  const { t } = useTranslation(["inbox", "shell"]);
  const waits = useInbox();
  const tasks = useMemo(() => waits && openTasks(waits), [waits]);
  const [chosen, setChosen] = useState<{ id: string; place: number }>();
  const shown = tasks && shownTask(tasks, chosen?.id, chosen?.place ?? 0);
  const choose = (id: string) =>
    setChosen({ id, place: Math.max(0, tasks?.findIndex((task) => taskId(task) === id) ?? 0) });
  return (
    <Page
      title={t("title")}
      description={t("body")}
      wide
      actions={tasks && tasks.length > 0 && <Badge tone="accent">{t("count", { count: tasks.length })}</Badge>}
    >
      {!tasks && <Spinner label={t("shell:common.loading")} />}
      {tasks?.length === 0 && <NothingWaits />}
      {tasks && shown && (
        <div className="grid h-full min-h-0 grid-cols-[minmax(240px,320px)_minmax(0,1fr)] gap-5">
          <TaskList tasks={tasks} shown={taskId(shown)} onChoose={choose} />
          <TaskDetail key={taskId(shown)} task={shown} onTouch={() => choose(taskId(shown))} />
        </div>
      )}
    </Page>
  );
}

function NothingWaits() {
  const { t } = useTranslation("inbox");
  return (
    <NothingHere icon={<Inbox size={22} aria-hidden />} title={t("none")} toFlows={t("toFlows")}>
      {t("noneBody")}
    </NothingHere>
  );
}

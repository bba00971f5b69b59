import { useRef, type KeyboardEvent } from "react";
import { useTranslation } from "../i18n/index.ts";
import { useFlows } from "../rpc/index.ts";
import { Deadline, formatSpan, useNow } from "../run/index.ts";
import { cn } from "../ui/index.ts";
import { taskId, type Task } from "./tasks.ts";

export interface TaskListProps {
  tasks: readonly Task[];
  shown: string;
  onChoose: (id: string) => void;
}

/** The open tasks, oldest first. Up and down go through them. */
export function TaskList({ tasks, shown, onChoose }: TaskListProps) {
  const { t } = useTranslation("inbox");
  const list = useRef<HTMLUListElement>(null);
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tasks[tasks.findIndex((task) => taskId(task) === shown) + step];
    if (!next) return;
    onChoose(taskId(next));
    list.current?.querySelector<HTMLElement>(`[data-task="${CSS.escape(taskId(next))}"]`)?.focus();
  };
  return (
    <ul
      ref={list}
      aria-label={t("tasks")}
      onKeyDown={walk}
      className="flex min-h-0 flex-col gap-1 overflow-y-auto p-px"
    >
      {tasks.map((task) => (
        <TaskLine
          key={taskId(task)}
          task={task}
          shown={taskId(task) === shown}
          onChoose={() => onChoose(taskId(task))}
        />
      ))}
    </ul>
  );
}

function TaskLine({ task, shown, onChoose }: { task: Task; shown: boolean; onChoose: () => void }) {
  const { t } = useTranslation("inbox");
  const title = useFlows().data?.find(({ name }) => name === task.flow)?.title ?? task.flow;
  const now = useNow(true, 1000);
  const { wait, since, until } = task;
  return (
    <li>
      <button
        type="button"
        data-task={taskId(task)}
        aria-current={shown || undefined}
        onClick={onChoose}
        className={cn(
          "flex w-full flex-col gap-0.5 rounded-[8px] border px-3 py-2 text-left transition-colors",
          shown ? "border-accent-line bg-accent-soft" : "border-line bg-panel hover:bg-hover",
        )}
      >
        <span className="flex w-full items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{wait.title}</span>
          <span className="shrink-0 text-11 text-ink-2 tabular-nums">{formatSpan(now - since)}</span>
        </span>
        <span className="flex w-full items-baseline gap-2 text-12 text-ink-2">
          <span className="min-w-0 flex-1 truncate">
            {[title, wait.assignee && t("for", { name: wait.assignee })].filter(Boolean).join(" · ")}
          </span>
          {until !== undefined && <Deadline until={until} className="shrink-0 text-11" />}
        </span>
      </button>
    </li>
  );
}

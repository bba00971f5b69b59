import type { OpenWait } from "../../engine/rpc/contract.ts";
import type { TaskWait } from "../run/index.ts";

/** A line of the inbox. */
export interface Task extends OpenWait {
  wait: TaskWait;
}

/** The tasks among what runs wait for, the oldest first. */
export function openTasks(waits: readonly OpenWait[]): Task[] {
  return waits.filter((wait): wait is Task => wait.wait.kind === "task").toSorted((a, b) => a.since - b.since);
}

export const taskId = ({ runId, path }: Pick<OpenWait, "runId" | "path">): string => `${runId} ${path}`;

/** The task to show: the one that was chosen; once it is answered, the one that took its place in the list. */
export function shownTask(tasks: readonly Task[], chosen: string | undefined, place: number): Task | undefined {
  return tasks.find((task) => taskId(task) === chosen) ?? tasks[Math.min(place, tasks.length - 1)];
}

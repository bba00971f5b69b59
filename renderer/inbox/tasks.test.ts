import { describe, expect, it } from "vitest";
import type { OpenWait } from "../../engine/rpc/contract.ts";
import { openTasks, shownTask, taskId } from "./tasks.ts";

const open = (runId: string, since: number, wait: OpenWait["wait"]): OpenWait => ({
  runId,
  flow: "refunds",
  path: "approve",
  node: "approve",
  since,
  wait,
});
const task = (runId: string, since: number): OpenWait =>
  open(runId, since, { kind: "task", title: runId, details: "", choices: [{ id: "ok", label: "OK" }] });

describe("the inbox", () => {
  const tasks = openTasks([task("young", 30), open("timer", 1, { kind: "delay" }), task("old", 10), task("mid", 20)]);

  it("lists what people decide, the oldest first", () => {
    expect(tasks.map(({ runId }) => runId)).toEqual(["old", "mid", "young"]);
  });

  it("shows the oldest first, then what was chosen", () => {
    expect(shownTask(tasks, undefined, 0)?.runId).toBe("old");
    expect(shownTask(tasks, taskId(tasks[2]!), 0)?.runId).toBe("young");
  });

  it("goes to the task that took the place of an answered one", () => {
    const left = tasks.filter(({ runId }) => runId !== "mid");
    expect(shownTask(left, taskId(tasks[1]!), 1)?.runId).toBe("young");
    expect(shownTask(tasks.slice(0, 2), taskId(tasks[2]!), 2)?.runId).toBe("mid");
    expect(shownTask([], "gone", 0)).toBeUndefined();
  });
});

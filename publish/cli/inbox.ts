import type { Command } from "commander";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject } from "../../engine/lib/json.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { OpenWait } from "../../engine/rpc/contract.ts";
import { findRun } from "./find-run.ts";
import { withHost } from "./host.ts";
import { dim, optionsOf, printJson, printTable, time } from "./output.ts";
import { readInput } from "./read-input.ts";
import { repeated } from "./run.ts";
import { words } from "./words.ts";

/** `heddle inbox`: what waits for a person, and its answer. */
export function addInboxCommands(program: Command): void {
  const inbox = program.command("inbox").description(words("inbox"));
  inbox
    .command("list", { isDefault: true })
    .description(words("inboxList"))
    .action(async (_: unknown, command: Command) => {
      const { project, json } = optionsOf(command);
      const tasks = await withHost(project, (client) => client.inbox.list({}));
      if (json) return printJson(tasks);
      if (tasks.length === 0) return console.log(words("noTasks"));
      const headings = [
        words("task"),
        words("flow"),
        words("choices"),
        words("started"),
        words("runId"),
        words("step"),
      ];
      printTable(headings, tasks.map(rowOf));
    });
  inbox
    .command("answer")
    .description(words("inboxAnswer"))
    .argument("<run>", words("runArgument"))
    .argument("<choice>", words("choiceArgument"))
    .option("--path <path>", words("path"))
    .option("-v, --value <name=value>", words("value"), repeated)
    .option("--comment <text>", words("comment"))
    .option("--by <name>", words("by"))
    .action(async (run: string, choice: string, _: unknown, command: Command) => {
      const { project, json, path, value, comment, by } = optionsOf(command);
      const answer = async (client: HostClient): Promise<Task> => {
        const task = await taskOf(client, await findRun(client, run), path);
        const given: JsonObject = {
          choice,
          values: readInput({ ...(value && { input: value }) }, task.wait.form ?? {}),
          ...(comment !== undefined && { comment }),
          ...(by !== undefined && { by }),
        };
        await client.runs.answer({ runId: task.runId, path: task.path, value: given });
        return task;
      };
      const answered = await withHost(project, answer, "runs");
      if (json) return printJson({ runId: answered.runId, path: answered.path, choice });
      console.log(words("answered", { task: answered.wait.title, choice }));
    });
}

type Task = OpenWait & { wait: Extract<OpenWait["wait"], { kind: "task" }> };

/** The task of a run that is meant: the only one, or the one at the path. */
async function taskOf(client: HostClient, runId: string, path: string | undefined): Promise<Task> {
  const tasks = (await client.inbox.list({})).filter((wait): wait is Task => wait.wait.kind === "task");
  const ofRun = tasks.filter((task) => task.runId === runId && (path === undefined || task.path === path));
  const [task, ...more] = ofRun;
  if (!task)
    throw path === undefined
      ? new HeddleError("cli.no-task", { run: runId })
      : new HeddleError("run.not-waiting", { path });
  if (more.length > 0)
    throw new HeddleError("cli.which-task", { run: runId, paths: ofRun.map((each) => each.path).join(", ") });
  return task;
}

function rowOf({ runId, flow, path, wait, since }: OpenWait): string[] {
  if (wait.kind !== "task") return [];
  const choices = wait.choices.map(({ id }) => id).join(", ");
  return [wait.title, flow, choices, time(since), runId, dim(path)];
}

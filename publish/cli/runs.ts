import type { Command } from "commander";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { applyEvent, emptyRunView, type RunView } from "../../engine/run/view.ts";
import { findClusterRun, findRun } from "./find-run.ts";
import { withHost } from "./host.ts";
import {
  coloured,
  dim,
  duration,
  inWords,
  language,
  optionsOf,
  printJson,
  printTable,
  shorten,
  time,
  wholeNumber,
} from "./output.ts";
import { localGateway } from "./publish.ts";
import { addRunDebugCommands } from "./runs-debug.ts";
import { textOf } from "./tell-run.ts";
import { words } from "./words.ts";

export function addRunsCommands(program: Command): void {
  const runs = program.command("runs").description(words("runs"));
  runs
    .command("list")
    .description(words("runsList"))
    .option("--cluster", words("onCluster"))
    .option("--flow <name>", words("ofFlow"))
    .option("--limit <count>", words("limit"), wholeNumber("--limit", 1, 500))
    .action(async (_: unknown, command: Command) => {
      const { cluster, flow, limit = 20, project, json } = optionsOf(command);
      const filter = { limit, ...(flow !== undefined && { flow }) };
      const list = cluster
        ? await clusterRuns(filter)
        : await withHost<Listed[]>(project, (client) => client.runs.list(filter));
      if (json) return printJson(list);
      if (list.length === 0) return console.log(words("noRuns"));
      const headings = [
        words("runId"),
        words("flow"),
        words("state"),
        words("started"),
        words("took"),
        words("tokens"),
      ];
      printTable(headings, list.map(rowOf));
    });
  runs
    .command("show")
    .description(words("runsShow"))
    .argument("<run>", words("runArgument"))
    .option("--cluster", words("onCluster"))
    .action(async (given: string, _: unknown, command: Command) => {
      const { cluster, project, json } = optionsOf(command);
      const events = cluster
        ? await eventsThere(given)
        : await withHost(project, async (client) => recorded(client, await findRun(client, given)));
      const view = events.reduce(applyEvent, emptyRunView(events[0]?.runId ?? given));
      if (json) printJson({ ...view, events });
      else showRun(view);
    });
  runs
    .command("cancel")
    .description(words("runsCancel"))
    .argument("<run>", words("runArgument"))
    .option("--cluster", words("onCluster"))
    .action(async (given: string, _: unknown, command: Command) => {
      const { cluster, project, json } = optionsOf(command);
      const runId = cluster ? await cancelThere(given) : await withHost(project, (client) => cancelHere(client, given));
      if (json) return printJson({ runId });
      console.log(words("cancelling", { run: runId }));
    });
  addRunDebugCommands(runs);
}

const gateway = async () => (await localGateway()).gateway("caller");

async function eventsThere(given: string): Promise<RunEvent[]> {
  const there = await gateway();
  return there.events(await findClusterRun(there, given));
}

async function cancelThere(given: string): Promise<string> {
  const there = await gateway();
  const runId = await findClusterRun(there, given);
  await there.cancel(runId);
  return runId;
}

/** @throws HeddleError `cli.run-not-found`, `cli.run-ended` */
async function cancelHere(client: HostClient, given: string): Promise<string> {
  const runId = await findRun(client, given);
  const { state } = (await recorded(client, runId)).reduce(applyEvent, emptyRunView(runId));
  if (state === "succeeded" || state === "failed" || state === "cancelled")
    throw new HeddleError("cli.run-ended", { run: runId, state });
  await client.runs.cancel({ runId });
  return runId;
}

type Listed = Omit<RunSummary, "runId"> & { runId: string };

async function clusterRuns(filter: { flow?: string; limit: number }): Promise<Listed[]> {
  const runs = await (await gateway()).runs(filter);
  return runs.map(({ usage, ...run }) => ({ ...run, ...usage }));
}

/** What is recorded of a run so far. */
export async function recorded(client: HostClient, runId: string): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of await client.runs.events({ runId, live: false })) all.push(event);
  return all;
}

function rowOf({ runId, flow, state, startedAt, endedAt, inputTokens, outputTokens }: Listed): string[] {
  const took = endedAt === undefined ? "" : duration(endedAt - startedAt);
  return [runId, flow, coloured(state), time(startedAt), took, `${inputTokens} + ${outputTokens}`];
}

function showRun(view: RunView): void {
  const took = view.endedAt === undefined ? "" : duration(view.endedAt - view.startedAt);
  console.log(`${view.runId}  ${view.flow}  ${coloured(view.state)}  ${time(view.startedAt)}  ${took}\n`);
  const rows = view.order.map((path) => {
    const step = view.steps[path]!;
    const length = step.endedAt === undefined ? "" : duration(step.endedAt - (step.startedAt ?? step.readyAt));
    return [path, coloured(step.state), length, dim(shorten(step.error?.message ?? JSON.stringify(step.output ?? "")))];
  });
  printTable([words("step"), words("state"), words("took"), words("result")], rows);
  if (view.error) console.log(`\n${inWords(HeddleError.fromJSON(view.error), language()).message}`);
  else if (view.output !== undefined) console.log(`\n${textOf(view.output)}`);
}

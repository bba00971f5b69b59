import type { Command } from "commander";
import type { StepDifference } from "../../engine/rpc/contract.ts";
import { debugSchema } from "../../engine/run/debug.ts";
import { findRun } from "./find-run.ts";
import { withHost } from "./host.ts";
import { coloured, dim, optionsOf, printJson, printTable, shorten } from "./output.ts";
import { openProject } from "./project.ts";
import { parseJson } from "./read-input.ts";
import { follow } from "./run.ts";
import { counted, words, type Word } from "./words.ts";

/** `heddle runs replay`, `compare` and `fork`. */
export function addRunDebugCommands(runs: Command): void {
  runs
    .command("replay")
    .description(words("runsReplay"))
    .argument("<run>", words("runArgument"))
    .action(async (given: string, _: unknown, command: Command) => {
      const { project, json } = optionsOf(command);
      const replayed = await withHost(project, async (client) =>
        client.runs.replay({ runId: await findRun(client, given) }),
      );
      if (json) return printJson(replayed);
      const { diverged } = replayed;
      console.log(words("replayed", { run: replayed.runId }));
      if (diverged === undefined) return console.log(words("replayedSame"));
      console.log(words("replayDiverged", { step: diverged }));
      process.exitCode = 1;
    });
  runs
    .command("compare")
    .description(words("runsCompare"))
    .argument("<left>", words("runArgument"))
    .argument("<right>", words("runArgument"))
    .action(async (left: string, right: string, _: unknown, command: Command) => {
      const { project, json } = optionsOf(command);
      const steps = await withHost(project, async (client) =>
        client.runs.compare({ left: await findRun(client, left), right: await findRun(client, right) }),
      );
      if (json) printJson(steps);
      else showDifferences(steps);
    });
  runs
    .command("fork")
    .description(words("runsFork"))
    .argument("<run>", words("runArgument"))
    .option("--from <step>", words("from"))
    .option("--until <step>", words("until"))
    .option("--input-json <json>", words("inputJson"))
    .option("--stream", words("stream"))
    .action(async (given: string, _: unknown, command: Command) => {
      const options = optionsOf(command);
      const { from, until, inputJson } = options;
      const files = openProject(options.project);
      await withHost(options.project, async (client) => {
        const runId = await findRun(client, given);
        const { flow } = (await client.runs.list({ limit: 500 })).find((run) => run.runId === runId) ?? {};
        // The flow as its file is now; a run whose flow is gone is forked as it was.
        const file = flow === undefined ? undefined : await files.flow(flow).catch(() => undefined);
        const text = file?.text ?? (await client.runs.flowText({ runId })).text;
        const forked = await client.runs.fork({
          runId,
          text,
          ...(from !== undefined && { from }),
          ...(inputJson !== undefined && { input: parseJson("--input-json", () => inputJson) }),
          ...(until !== undefined && { debug: debugSchema.parse({ until }) }),
        });
        if (!options.json) console.error(dim(counted("reused", forked.reused.length)));
        await follow(client, forked.runId, options);
      });
    });
}

function showDifferences(steps: readonly StepDifference[]): void {
  const different = steps.filter(({ kind }) => kind !== "same");
  if (different.length === 0) return console.log(counted("nothingDifferent", steps.length));
  const cell = (value: unknown) => dim(shorten(value === undefined ? "" : JSON.stringify(value)));
  const rows = different.map(({ path, kind, fields, left, right }) => {
    const how = kind === "changed" ? fields.join(", ") : words(`difference_${kind}` as Word);
    return [path, coloured(how), cell(left), cell(right)];
  });
  printTable([words("step"), words("difference"), words("left"), words("right")], rows);
}

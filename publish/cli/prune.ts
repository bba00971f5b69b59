import type { Command } from "commander";
import { withHost } from "./host.ts";
import { optionsOf, printJson, wholeNumber } from "./output.ts";
import { counted, words } from "./words.ts";

/** `heddle prune`: removes old runs now. */
export function addPruneCommand(program: Command): void {
  program
    .command("prune")
    .description(words("prune"))
    .option("--days <count>", words("pruneDays"), wholeNumber("--days", 0, 36_500))
    .option("--runs <count>", words("pruneRuns"), wholeNumber("--runs", 0, 1_000_000))
    .action(async (_: unknown, command: Command) => {
      const { project, json, days, runs } = optionsOf(command);
      const policy = { ...(days !== undefined && { days }), ...(runs !== undefined && { runs }) };
      const pruned = await withHost(project, (client) => client.runs.prune(policy));
      if (json) printJson(pruned);
      else console.log(counted("pruned", pruned.removed));
    });
}

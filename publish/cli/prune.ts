import type { Command } from "commander";
import { withHost } from "./host.ts";
import { optionsOf, printJson } from "./output.ts";
import { words } from "./words.ts";

/** `heddle prune`: removes old runs now. */
export function addPruneCommand(program: Command): void {
  program
    .command("prune")
    .description(words("prune"))
    .option("--days <count>", words("pruneDays"), Number)
    .option("--runs <count>", words("pruneRuns"), Number)
    .action(async (_: unknown, command: Command) => {
      const { project, json, days, runs } = optionsOf(command);
      const policy = { ...(days !== undefined && { days }), ...(runs !== undefined && { runs }) };
      const pruned = await withHost(project, (client) => client.runs.prune(policy));
      if (json) printJson(pruned);
      else console.log(words("pruned", { count: pruned.removed }));
    });
}

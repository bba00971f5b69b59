import type { Command } from "commander";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { TriggerStatus } from "../../engine/rpc/contract.ts";
import { withHost } from "./host.ts";
import { coloured, dim, inWords, language, optionsOf, printJson, printTable, time } from "./output.ts";
import { openProject } from "./project.ts";
import { words } from "./words.ts";

/** `heddle triggers`: what a project listens for. */
export function addTriggerCommands(program: Command): void {
  const triggers = program.command("triggers").description(words("triggers"));
  triggers
    .command("list", { isDefault: true })
    .description(words("triggersList"))
    .action(async (_: unknown, command: Command) => {
      const { project, json } = optionsOf(command);
      show(await withHost(project, (client) => client.triggers.list({})), { json, none: words("noTriggers") });
    });
  for (const [name, active] of [["on", true] as const, ["off", false] as const]) {
    triggers
      .command(name)
      .description(words(active ? "triggersOn" : "triggersOff"))
      .argument("<flow>", words("flowArgument"))
      .action(async (flow: string, _: unknown, command: Command) => {
        const { project, json } = optionsOf(command);
        const known = active ? (await openProject(project).flow(flow)).name : flow;
        const statuses = await withHost(project, async (client) => {
          const ofFlow = (all: readonly TriggerStatus[]) => all.filter((status) => status.flow === known);
          if (active && ofFlow(await client.triggers.list({})).length === 0)
            throw new HeddleError("trigger.none", { flow: known });
          return ofFlow(await client.triggers.setActive({ flow: known, active }));
        });
        show(statuses, { json, none: words("noTriggersOf", { flow: known }) });
      });
  }
}

function show(triggers: readonly TriggerStatus[], { json, none }: { json: boolean | undefined; none: string }): void {
  if (json) return printJson(triggers);
  if (triggers.length === 0) return console.log(none);
  const rows = triggers.map(({ flow, title, kind, active, url, next, lastFiredAt, error }) => [
    flow,
    title,
    kind,
    coloured(words(active ? "triggerOn" : "triggerOff")),
    url ?? (next[0] === undefined ? "" : time(next[0])),
    lastFiredAt === undefined ? "" : time(lastFiredAt),
    error ? dim(inWords(HeddleError.fromJSON(error), language()).message) : "",
  ]);
  const headings = ["flow", "name", "kind", "state", "address", "lastFired", "detail"] as const;
  printTable(
    headings.map((heading) => words(heading)),
    rows,
  );
}

import type { Command } from "commander";
import { inWords, language, optionsOf, printJson, printTable, coloured } from "./output.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { withHost } from "./host.ts";
import { words } from "./words.ts";

/** `heddle nodes`: the node types that the project brings, with what is wrong with those that can't be used. */
export function addNodesCommand(program: Command): void {
  program
    .command("nodes")
    .description(words("nodes"))
    .action(async (_: unknown, command: Command) => {
      const { project, json } = optionsOf(command);
      const { own, broken } = await withHost(project, async (client) => {
        const types = await client.catalog.list({});
        return { own: types.filter(({ origin }) => origin), broken: await client.catalog.broken({}) };
      });
      if (broken.length > 0) process.exitCode = 1;
      if (json) {
        const nodes = own.map(({ type, title, origin }) => ({ type, title, origin }));
        return printJson({ nodes, broken });
      }
      if (own.length + broken.length === 0) return console.log(words("noNodes"));
      printTable(
        [words("name"), words("state"), words("origin"), words("detail")],
        [
          ...own.map(({ type, title, origin }) => [type, coloured("ready"), origin!.name, title[language()]]),
          ...broken.map(({ origin, error }) => [
            "",
            coloured("failed"),
            origin.name,
            inWords(HeddleError.fromJSON(error), language()).message,
          ]),
        ],
      );
    });
}

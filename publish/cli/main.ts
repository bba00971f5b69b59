import { Command } from "commander";
import { addClusterCommands } from "./cluster.ts";
import { addEventCommand } from "./events.ts";
import { addInboxCommands } from "./inbox.ts";
import { addMcpCommand } from "./mcp.ts";
import { addNodesCommand } from "./nodes.ts";
import { inWords, language, type CliOptions } from "./output.ts";
import { addPruneCommand } from "./prune.ts";
import { addPublishCommands } from "./publish.ts";
import { addRunCommand } from "./run.ts";
import { addRunsCommands } from "./runs.ts";
import { addTriggerCommands } from "./triggers.ts";
import { addValidateCommand } from "./validate.ts";
import { version } from "./version.ts";
import { words } from "./words.ts";

const program = new Command("heddle")
  .description(words("program"))
  .version(version(), "-V, --version", words("version"))
  .helpOption("-h, --help", words("help"))
  .helpCommand(false)
  .option("--project <folder>", words("project"))
  .option("--json", words("json"))
  .showHelpAfterError(true)
  .configureHelp({ showGlobalOptions: true });

addValidateCommand(program);
addRunCommand(program);
addRunsCommands(program);
addInboxCommands(program);
addEventCommand(program);
addTriggerCommands(program);
addMcpCommand(program);
addNodesCommand(program);
addPruneCommand(program);
addPublishCommands(program);
addClusterCommands(program);

// Global options may stand behind the command too: `heddle runs list --json` is what people type.
for (const command of leaves(program)) {
  command.option("--project <folder>", words("project")).option("--json", words("json"));
}

try {
  await program.parseAsync();
} catch (error) {
  const { json } = program.opts<CliOptions>();
  const message = inWords(error, language());
  if (json || process.argv.includes("--json")) console.log(JSON.stringify({ error: message }));
  else console.error(`heddle: ${message.message}`);
  process.exitCode = 1;
}

function leaves(command: Command): Command[] {
  return command.commands.flatMap((child) => (child.commands.length > 0 ? leaves(child) : [child]));
}

import type { Command } from "commander";
import { problemWords } from "../../engine/flow/index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import { debugSchema } from "../../engine/run/debug.ts";
import type { FlowText } from "../../engine/store/project/flow-files.ts";
import { withHost } from "./host.ts";
import { optionsOf, type CliOptions } from "./output.ts";
import { openProject } from "./project.ts";
import { readInput } from "./read-input.ts";
import { tellRun } from "./tell-run.ts";
import { words } from "./words.ts";

export function addRunCommand(program: Command): void {
  program
    .command("run")
    .description(words("run"))
    .argument("<flow>", words("flowArgument"))
    .option("-i, --input <name=value>", words("input"), repeated)
    .option("--input-json <json>", words("inputJson"))
    .option("--input-file <file>", words("inputFile"))
    .option("--trigger <step>", words("trigger"))
    .option("--until <step>", words("until"))
    .option("--stream", words("stream"))
    .action(async (name: string, _: unknown, command: Command) => {
      const options = optionsOf(command);
      const flow = await openProject(options.project).flow(name);
      await withHost(options.project, async (client) => {
        const runId = await start(client, flow, options);
        await follow(client, runId, options);
      });
    });
}

/** For an option that may be given several times. */
export const repeated = (value: string, before: string[] = []): string[] => [...before, value];

async function start(client: HostClient, flow: FlowText, options: CliOptions): Promise<string> {
  const { text, name } = flow;
  const { trigger, until } = options;
  const input = await inputFor(client, flow, options);
  const { runId } = await client.runs.start({
    flow: name,
    text,
    input,
    ...(trigger !== undefined && { trigger }),
    ...(until !== undefined && { debug: debugSchema.parse({ until }) }),
  });
  return runId;
}

/** What the run begins with. A flow with errors is told here, in the user's language. @throws HeddleError `run.not-runnable`, `cli.*` */
async function inputFor(client: HostClient, flow: FlowText, options: CliOptions): Promise<JsonValue> {
  const { problems, input, triggers } = await client.flows.analyze({ text: flow.text, flow: flow.name });
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors[0]) {
    throw new HeddleError("run.not-runnable", { flow: flow.name, count: errors.length, ...problemWords(errors[0]) });
  }
  const chosen = triggers.find(({ key }) => key === options.trigger);
  return readInput(options, chosen?.input ?? input);
}

/** Who runs it is gone or going; the run isn’t over. */
const LEFT: readonly string[] = ["host.disconnected", "run.interrupted"];

/** Tells a run as it goes on. Ctrl+C cancels it. @throws HeddleError the run’s own, `cli.run-left` */
export async function follow(client: HostClient, runId: string, options: CliOptions): Promise<void> {
  const interrupted = (): void => void client.runs.cancel({ runId }).catch(() => {});
  process.once("SIGINT", interrupted);
  try {
    await tellRun(await client.runs.events({ runId }), options);
  } catch (error) {
    const left = error instanceof HeddleError && LEFT.includes(error.code);
    throw left ? new HeddleError("cli.run-left", { run: runId }, { cause: error }) : error;
  } finally {
    process.removeListener("SIGINT", interrupted);
  }
}

import { join } from "node:path";
import type { Command } from "commander";
import { createMemoryDriver } from "../../engine/driver/memory-driver.ts";
import { analyzeFlow, problemMessage, readFlow, type Flow } from "../../engine/flow/index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { isFinal, type RunEvent } from "../../engine/run/events.ts";
import { execute } from "../../engine/run/execute.ts";
import { planOrThrow } from "../../engine/run/plan.ts";
import { openDatabase } from "../../engine/store/database.ts";
import { lockProject, STATE_FOLDER } from "../../engine/store/project/lock.ts";
import { createRunService } from "../../engine/store/run-service.ts";
import { createLocalEngine, type LocalEngine } from "./local-engine.ts";
import { optionsOf, language } from "./output.ts";
import { openProject, type CliProject } from "./project.ts";
import { readInput } from "./read-input.ts";
import { tellRun } from "./tell-run.ts";
import { words } from "./words.ts";

export function addRunCommand(program: Command): void {
  program
    .command("run")
    .description(words("run"))
    .argument("<flow>", words("flowArgument"))
    .option("-i, --input <name=value>", words("input"), (value: string, before?: string[]) => [
      ...(before ?? []),
      value,
    ])
    .option("--input-json <json>", words("inputJson"))
    .option("--input-file <file>", words("inputFile"))
    .option("--stream", words("stream"))
    .action(async (name: string, _: unknown, command: Command) => {
      const options = optionsOf(command);
      const project = openProject(options.project);
      const { text, revision, name: flowName } = await project.flow(name);
      const engine = await createLocalEngine(project);
      try {
        const source = readFlow(text);
        const { problems, input: schema } = analyzeFlow(source, engine.catalog);
        const errors = problems.filter(({ severity }) => severity === "error");
        if (errors[0])
          throw new HeddleError("run.not-runnable", {
            flow: flowName,
            count: errors.length,
            problem: problemMessage(language(), errors[0]),
          });
        const request = { flow: source.flow, name: flowName, revision, input: readInput(options, schema) };
        await tellRun(carryOut(project, engine, request), options);
      } finally {
        await engine.dispose();
      }
    });
}

interface Request {
  flow: Flow;
  name: string;
  revision: string;
  input: JsonValue;
}

/** Runs the flow and keeps the run in the project's list; while the studio has the project open, the run is told but not kept. */
async function* carryOut(project: CliProject, engine: LocalEngine, request: Request): AsyncGenerator<RunEvent> {
  const unlock = lockIfFree(project.folder);
  if (!unlock) return yield* inMemory(engine, request);
  const database = openDatabase({ path: join(project.folder, STATE_FOLDER, "runs.sqlite") });
  const { catalog, services } = engine;
  const runs = createRunService({ database, catalog, services });
  const cancel = new AbortController();
  const interrupted = (): void => cancel.abort();
  process.once("SIGINT", interrupted);
  try {
    const runId = await runs.start(request);
    cancel.signal.addEventListener("abort", () => void runs.cancel(runId));
    yield* runs.events({ runId });
  } finally {
    process.removeListener("SIGINT", interrupted);
    await runs.close();
    database.close();
    unlock();
  }
}

function lockIfFree(folder: string): (() => void) | undefined {
  try {
    return lockProject(folder);
  } catch (error) {
    if (error instanceof HeddleError && error.code === "project.locked") return undefined;
    throw error;
  }
}

async function* inMemory(engine: LocalEngine, request: Request): AsyncGenerator<RunEvent> {
  const told: RunEvent[] = [];
  let wake = Promise.withResolvers<void>();
  const publish = (event: RunEvent): void => {
    told.push(event);
    wake.resolve();
  };
  const { flow, name, revision, input } = request;
  const driver = createMemoryDriver({ publish });
  const runId = crypto.randomUUID();
  const over = execute(planOrThrow(flow, engine.catalog), {
    runId,
    flow: name,
    revision,
    input,
    services: engine.services,
    driver,
  });
  over.catch((error: unknown) => wake.reject(error));
  for (;;) {
    while (told.length > 0) {
      const event = told.shift()!;
      yield event;
      if (isFinal(event)) return void (await over);
    }
    await wake.promise;
    wake = Promise.withResolvers<void>();
  }
}

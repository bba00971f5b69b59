import type { Command } from "commander";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { heddleHome } from "../../engine/store/home/home.ts";
import { createModelRegistry } from "../../engine/store/home/model-registry.ts";
import { createSecretStore } from "../../engine/store/home/secrets.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import type { PublishEvent } from "../../engine/rpc/contract.ts";
import type { Publisher } from "../client/index.ts";
import { exampleText } from "../example-input.ts";
import { coloured, optionsOf, printJson, printTable, time, wholeNumber } from "./output.ts";
import { openProject } from "./project.ts";
import { version } from "./version.ts";
import { words, type Word } from "./words.ts";

export function addPublishCommands(program: Command): void {
  program
    .command("publish")
    .description(words("publish"))
    .argument("<flow>", words("flowArgument"))
    .option("--port <number>", words("port"), wholeNumber("--port", 0, 65_535))
    .action(async (name: string, _: unknown, command: Command) => {
      const { project, json, port } = optionsOf(command);
      await withPublisher(project, port, async (publisher, flow) =>
        tellPublish(publisher, await flow(name), json === true),
      );
    });
  program
    .command("deployments")
    .description(words("deployments"))
    .action(async (_: unknown, command: Command) => {
      const gateway = await (await localGateway()).gateway("caller");
      const deployments = await gateway.deployments();
      if (optionsOf(command).json) return printJson(deployments);
      if (deployments.length === 0) return console.log(words("nothingPublished"));
      const rows = deployments.map(({ flow, revision, at, endpoint }) => [flow, String(revision), time(at), endpoint]);
      printTable([words("flow"), words("revision"), words("started"), words("endpoint")], rows);
    });
  program
    .command("rollback")
    .description(words("rollback"))
    .argument("<flow>", words("flowArgument"))
    .argument("[revision]", words("revisionArgument"), wholeNumber("revision", 1, 999_999_999))
    .action(async (flow: string, revision: number | undefined, _: unknown, command: Command) => {
      const gateway = await (await localGateway()).gateway("admin");
      const target = revision ?? (await revisionBefore(gateway, flow));
      const deployment = await gateway.rollback(flow, target);
      if (optionsOf(command).json) return printJson(deployment);
      console.log(words("rolledBack", { flow, revision: deployment.revision }));
    });
}

async function revisionBefore(gateway: Awaited<ReturnType<Publisher["gateway"]>>, flow: string): Promise<number> {
  const revisions = await gateway.revisions(flow);
  const active = revisions.find((revision) => revision.active)?.revision ?? 0;
  return Math.max(0, ...revisions.map(({ revision }) => revision).filter((revision) => revision < active));
}

type Work = (publisher: Publisher, flow: (name: string) => Promise<string>) => Promise<void>;

async function withPublisher(folder: string | undefined, port: number | undefined, work: Work): Promise<void> {
  const project = openProject(folder);
  const [{ createPublisher }, { createLocalEngine }] = await Promise.all([
    import("../client/index.ts"),
    import("./local-engine.ts"),
  ]);
  const engine = await createLocalEngine(project);
  const home = heddleHome();
  const publisher = createPublisher({
    cluster: { home: home.root, ...(port !== undefined && { port }) },
    version: version(),
    catalog: engine.catalog,
    flowText: async (flow) => (await project.flow(flow)).text,
    roles: () => project.roles(),
    models: () => createModelRegistry(home).list(),
    servers: () => project.mcp.servers(),
    tools: engine.services.tools,
    secrets: createSecretStore(home),
  });
  try {
    await work(publisher, async (name) => (await project.flow(name)).name);
  } finally {
    await engine.dispose();
  }
}

/** The local cluster, for commands that need no project. */
export async function localGateway(): Promise<Pick<Publisher, "gateway">> {
  const { localCluster } = await import("../client/index.ts");
  return localCluster({ home: heddleHome().root });
}

async function tellPublish(publisher: Publisher, flow: string, json: boolean): Promise<void> {
  for await (const { stage, state, detail, deployment, error } of publisher.publish(flow)) {
    if (error) throw HeddleError.fromJSON(error);
    if (deployment && json) return printJson(deployment);
    if (deployment) return showDeployment(deployment, await inputOf(publisher, flow));
    if (!json && state === "done")
      console.log(
        `${coloured("completed").replace("completed", "✓")} ${words(`stage_${stage}` as Word)} ${detail ?? ""}`,
      );
  }
}

/** The form of what was just published. */
async function inputOf(publisher: Publisher, flow: string): Promise<JsonSchema> {
  const deployed = (await publisher.deployments()).find((deployment) => deployment.flow === flow);
  return deployed?.input ?? {};
}

function showDeployment(
  { flow, revision, endpoint, apiKey }: NonNullable<PublishEvent["deployment"]>,
  input: JsonSchema,
): void {
  console.log(`${words("published", { flow, revision })}\n`);
  console.log(`${words("endpoint")}: ${endpoint}\n${words("apiKey")}: ${apiKey}\n\n${words("tryIt")}:`);
  const body = quoted(exampleText(input));
  console.log(`curl -H 'Authorization: Bearer ${apiKey}' -H 'Accept: text/event-stream' -d ${body} ${endpoint}`);
}

/** One word for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

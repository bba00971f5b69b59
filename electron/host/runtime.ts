import { join } from "node:path";
import type { NodeServices, Sandbox } from "../../engine/node/services.ts";
import type { SecretStore } from "../../engine/store/home/secrets.ts";
import { STATE_FOLDER } from "../../engine/store/project/lock.ts";
import type { McpFile } from "../../engine/store/project/mcp-file.ts";
import { createProjectFiles } from "../../engine/store/project/project-files.ts";
import { watchFolder } from "../../engine/store/project/watch.ts";
import type { RunService } from "../../engine/store/run-service.ts";
import type { ToolHost } from "../../mcp/client/index.ts";
import { withOpenApi } from "../../mcp/openapi/index.ts";
import type { HostServices } from "./context.ts";
import type { FlowEngine } from "./flow-engine.ts";
import { lazy, type Lazy } from "./lazy.ts";
import type { ProjectFlows } from "./project-flows.ts";
import { createFlowStarter } from "./flow-starter.ts";

/** What runs for the open project, each part started when it is first needed. */
export interface Runtime {
  tools: Lazy<ToolHost>;
  runs: Lazy<RunService>;
  /** Lets runs rest where they are, to be resumed at the next start, and ends every process. */
  close(): Promise<void>;
}

export interface RuntimeOptions {
  folder: string;
  mcp: McpFile;
  engine: FlowEngine;
  flows: ProjectFlows;
}

export function createRuntime({ folder, mcp, engine, flows }: RuntimeOptions, services: HostServices): Runtime {
  const ends: (() => unknown)[] = [];

  const tools = lazy(async () => {
    const [{ createToolHost }, servers] = await Promise.all([import("../../mcp/client/index.ts"), mcp.servers()]);
    const host = createToolHost({ servers, env: () => allSecrets(services.secrets) });
    // A file that another program is about to repair keeps the servers that run.
    const follow = async () => host.setServers(await mcp.servers().catch(() => servers));
    const stop = await watchFolder(folder, () => void follow().catch(services.report));
    ends.push(stop, () => host.dispose());
    return host;
  });

  const sandbox = lazy(async () => {
    const { createSandbox } = await import("../../engine/sandbox/index.ts");
    const made = createSandbox();
    ends.push(() => made.dispose());
    return made;
  });

  const runs = lazy(async () => {
    const [{ createRunService }, { openDatabase }] = await Promise.all([
      import("../../engine/store/run-service.ts"),
      import("../../engine/store/database.ts"),
    ]);
    const files = createProjectFiles(folder);
    const nodeServices: NodeServices = {
      models: await services.models(),
      tools: withOpenApi(lazyTools(tools), { files, secrets: services.secrets, fetch }),
      sandbox: lazySandbox(sandbox),
      secrets: services.secrets,
      fetch,
      files,
      flows: createFlowStarter(flows, () => service),
    };
    const database = openDatabase({ path: join(folder, STATE_FOLDER, "runs.sqlite") });
    const service: RunService = createRunService({
      database,
      catalog: engine.catalog,
      services: nodeServices,
      flows: flows.read,
    });
    return { service, database };
  });

  return {
    tools,
    runs: Object.assign(async () => (await runs()).service, {
      made: () => runs.made()?.then((made) => made?.service),
    }),
    async close() {
      const made = await runs.made();
      await made?.service.close();
      await Promise.allSettled([tools.made(), sandbox.made()]);
      await Promise.all(ends.map((end) => end()));
      made?.database.close();
    },
  };
}

/** `${NAME}` in mcp.json may name a secret of the user's, here as on the cluster. */
async function allSecrets(secrets: SecretStore): Promise<Record<string, string>> {
  const names = await secrets.names();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await secrets.get(name)] as const)));
}

/** Tools for runs: most flows use none, so the servers' library is loaded at the first call. */
function lazyTools(tools: Lazy<ToolHost>) {
  return {
    list: async (...args: Parameters<ToolHost["list"]>) => (await tools()).list(...args),
    call: async (...args: Parameters<ToolHost["call"]>) => (await tools()).call(...args),
  };
}

function lazySandbox(sandbox: Lazy<Sandbox>): Sandbox {
  return { run: async (request) => (await sandbox()).run(request) };
}

import { createCatalog } from "../../engine/node/catalog.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import { createModelHost } from "../../engine/model/index.ts";
import { createSandbox } from "../../engine/sandbox/index.ts";
import { heddleHome } from "../../engine/store/home/home.ts";
import { createModelRegistry } from "../../engine/store/home/model-registry.ts";
import { createSecretStore } from "../../engine/store/home/secrets.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { createProjectFiles } from "../../engine/store/project/project-files.ts";
import { createToolHost, type ToolHost } from "../../mcp/client/index.ts";
import { NODES } from "../../nodes/index.ts";
import type { CliProject } from "./project.ts";

/** The real engine with a project's models and tools, for one command. */
export interface LocalEngine {
  catalog: ReturnType<typeof createCatalog>;
  services: NodeServices & { tools: ToolHost };
  dispose(): Promise<void>;
}

export async function createLocalEngine(project: CliProject): Promise<LocalEngine> {
  const home = heddleHome();
  const secrets = createSecretStore(home);
  const [roles, servers, definitions] = await Promise.all([
    project.roles(),
    project.mcp.servers(),
    createModelRegistry(home).list(),
  ]);
  const models = createModelHost({ definitions, roles, secrets });
  const tools = createToolHost({ servers });
  const sandbox = createSandbox();
  const flows = {
    start: ({ flow }: { flow: string }) => Promise.reject(new HeddleError("not-found", { kind: "flow", name: flow })),
  };
  return {
    catalog: createCatalog(NODES),
    services: { models, tools, sandbox, secrets, fetch, files: createProjectFiles(project.folder), flows },
    async dispose() {
      await Promise.all([models.dispose(), tools.dispose(), sandbox.dispose()]);
    },
  };
}

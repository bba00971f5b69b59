import { createFlowEngine } from "../../electron/host/flow-engine.ts";
import { createOwnNodes } from "../../electron/host/own-nodes.ts";
import type { Catalog } from "../../engine/node/catalog.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import { createModelHost } from "../../engine/model/index.ts";
import { createSandbox } from "../../engine/sandbox/index.ts";
import { heddleHome } from "../../engine/store/home/home.ts";
import { createModelRegistry } from "../../engine/store/home/model-registry.ts";
import { createSecretStore } from "../../engine/store/home/secrets.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { createProjectFiles } from "../../engine/store/project/project-files.ts";
import { createToolHost, type ToolHost } from "../../mcp/client/index.ts";
import type { CliProject } from "./project.ts";

/** The real engine with a project's models and tools, for one command. */
export interface LocalEngine {
  /** With the project’s own nodes, so that what can’t be published is named as what it is. */
  catalog: Catalog;
  services: NodeServices & { tools: ToolHost };
  dispose(): Promise<void>;
}

export async function createLocalEngine(project: CliProject): Promise<LocalEngine> {
  const home = heddleHome();
  const flowEngine = createFlowEngine();
  const nodes = createOwnNodes({
    folder: project.folder,
    engine: flowEngine,
    changed: async () => {},
    report: () => {},
  });
  const secrets = createSecretStore(home);
  const settings = Promise.all([project.roles(), project.mcp.servers(), createModelRegistry(home).list()]);
  // What the project brings is loaded in processes of its own, which end also when a setting can’t be read.
  const [roles, servers, definitions] = await Promise.all([settings, nodes.load()])
    .then(([read]) => read)
    .catch(async (error: unknown) => {
      await nodes.close();
      throw error;
    });
  const models = createModelHost({ definitions, roles, secrets });
  const tools = createToolHost({ servers });
  const sandbox = createSandbox();
  const flows = {
    start: ({ flow }: { flow: string }) => Promise.reject(new HeddleError("not-found", { kind: "flow", name: flow })),
  };
  return {
    catalog: flowEngine.catalog,
    services: { models, tools, sandbox, secrets, fetch, files: createProjectFiles(project.folder), flows },
    async dispose() {
      await Promise.all([models.dispose(), tools.dispose(), sandbox.dispose(), nodes.close()]);
    },
  };
}

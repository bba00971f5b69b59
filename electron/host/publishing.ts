import type { Publisher } from "../../publish/client/index.ts";
import type { HostServices } from "./context.ts";
import { VERSION } from "./version.ts";
import type { Workspace } from "./workspace.ts";

/** What publishes the open project's flows to the local cluster. */
export async function createWorkspacePublisher(
  workspace: Pick<Workspace, "engine" | "flows" | "project" | "mcp" | "tools">,
  services: HostServices,
): Promise<Publisher> {
  const { createPublisher } = await import("../../publish/client/index.ts");
  return createPublisher({
    cluster: { home: services.home.root },
    version: VERSION,
    catalog: workspace.engine.catalog,
    flowText: async (flow) => (await workspace.flows.read(flow)).text,
    roles: async () => (await workspace.project()).models,
    models: () => services.registry.list(),
    servers: () => workspace.mcp.servers(),
    tools: { list: async (...args) => (await workspace.tools()).list(...args) },
    secrets: services.secrets,
  });
}

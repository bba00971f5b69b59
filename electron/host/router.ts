import { host, type HostRouter } from "../../engine/rpc/server/index.ts";
import type { HostContext } from "./context.ts";
import { flowRoutes } from "./routes/flows.ts";
import { modelRoutes } from "./routes/models.ts";
import { projectRoutes } from "./routes/projects.ts";
import { clusterRoutes, publishRoutes } from "./routes/publish.ts";
import { runRoutes } from "./routes/runs.ts";
import { secretRoutes } from "./routes/secrets.ts";
import { catalogRoutes, systemRoutes } from "./routes/system.ts";
import { toolRoutes } from "./routes/tools.ts";

/** The whole contract, answered by this host. */
export function createRouter(context: HostContext): HostRouter {
  return host.router({
    system: systemRoutes(context),
    catalog: catalogRoutes(context),
    projects: projectRoutes(context),
    flows: flowRoutes(context),
    runs: runRoutes(context),
    models: modelRoutes(context),
    tools: toolRoutes(context),
    secrets: secretRoutes(context),
    cluster: clusterRoutes(context),
    publish: publishRoutes(context),
  });
}

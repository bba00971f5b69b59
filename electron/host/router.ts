import { host, type HostRouter } from "../../engine/rpc/server/index.ts";
import type { HostContext } from "./context.ts";
import { flowRoutes } from "./routes/flows.ts";
import { modelRoutes } from "./routes/models.ts";
import { projectRoutes } from "./routes/projects.ts";
import { clusterRoutes, publishRoutes } from "./routes/publish.ts";
import { debuggingRoutes } from "./routes/debugging.ts";
import { runRoutes } from "./routes/runs.ts";
import { secretRoutes } from "./routes/secrets.ts";
import { catalogRoutes, systemRoutes } from "./routes/system.ts";
import { toolRoutes } from "./routes/tools.ts";
import { conversationRoutes, triggerRoutes } from "./routes/triggers.ts";
import { eventRoutes, inboxRoutes } from "./routes/waits.ts";

/** The whole contract, answered by this host. */
export function createRouter(context: HostContext): HostRouter {
  return host.router({
    system: systemRoutes(context),
    catalog: catalogRoutes(context),
    projects: projectRoutes(context),
    flows: flowRoutes(context),
    runs: { ...runRoutes(context), ...debuggingRoutes(context) },
    inbox: inboxRoutes(context),
    events: eventRoutes(context),
    triggers: triggerRoutes(context),
    conversations: conversationRoutes(context),
    models: modelRoutes(context),
    tools: toolRoutes(context),
    secrets: secretRoutes(context),
    cluster: clusterRoutes(context),
    publish: publishRoutes(context),
  });
}

import { randomUUID } from "node:crypto";
import type { McpServerStatus } from "../../../engine/rpc/contract.ts";
import { host } from "../../../engine/rpc/server/index.ts";
import type { ToolHost } from "../../../mcp/client/index.ts";
import { afterTheCanvas } from "../after-the-canvas.ts";
import type { HostContext } from "../context.ts";
import { subscription } from "../subscription.ts";

/** How long a tool that is tried by hand may take. */
const TRY_LIMIT_MS = 60_000;

export function toolRoutes(context: HostContext) {
  return {
    servers: host.tools.servers.handler(async () => (await context.workspace().tools()).status()),
    watch: host.tools.watch.handler(async function* ({ signal }) {
      const tools = await context.workspace().tools();
      afterTheCanvas(() => startAll(tools, context.report));
      yield tools.status();
      yield* subscription<McpServerStatus[]>((listener) => tools.watch(listener), signal, { latest: true });
    }),
    saveServer: host.tools.saveServer.handler(async ({ input }) => {
      const { mcp, tools } = context.workspace();
      const servers = await mcp.save(input.name, input.config);
      const toolHost = await tools();
      await toolHost.setServers(servers);
      return toolHost.restart(input.name);
    }),
    removeServer: host.tools.removeServer.handler(async ({ input }) => {
      const { mcp, tools } = context.workspace();
      const servers = await mcp.remove(input.name);
      await (await tools()).setServers(servers);
      return { ok: true as const };
    }),
    restart: host.tools.restart.handler(async ({ input }) => {
      const tools = await context.workspace().tools();
      return tools.restart(input.name);
    }),
    call: host.tools.call.handler(async ({ input, signal }) => {
      const tools = await context.workspace().tools();
      const limit = AbortSignal.timeout(TRY_LIMIT_MS);
      return tools.call({
        server: input.server,
        tool: input.tool,
        arguments: input.arguments,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        idempotencyKey: randomUUID(),
      });
    }),
  };
}

/** Whoever looks at the servers wants to see their tools; a server that fails to start tells so in its status. */
function startAll(tools: ToolHost, report: (error: unknown) => void): void {
  for (const { name, state } of tools.status()) if (state === "stopped") tools.start(name).catch(report);
}

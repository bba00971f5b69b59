import "./check-node.ts";
import { type HostPort } from "../../engine/rpc/client/index.ts";
import { serveMessagePort } from "../../engine/rpc/server/index.ts";
import { parseHostArguments } from "./arguments.ts";
import { createHost } from "./create-host.ts";
import { startStudioServer } from "./http-server.ts";
import { printError, surviveStrayFailures } from "./print-error.ts";
import { onShutdown } from "./shutdown.ts";

/** What Electron adds to `process` in a utility process; typed here, since the host never imports Electron. */
interface ParentPort {
  on(event: "message", listener: (message: { data: unknown; ports: HostPort[] }) => void): void;
}

// The processes that the host starts (models, MCP servers) are to be Node, not further windows.
process.env["ELECTRON_RUN_AS_NODE"] = "1";

/** The host as Electron's utility process: every message with a port is a page that wants to be served. */
async function main(parent: ParentPort): Promise<void> {
  surviveStrayFailures();
  const { project } = parseHostArguments(process.argv.slice(2));
  const host = createHost({ onError: printError, ...(project !== undefined && { projectPath: project }) });
  // The window talks over its port; webhooks, MCP clients and the command line come over HTTP here too.
  const server = host.then(async ({ router, http, served }) => {
    const started = await startStudioServer(router, { http, onError: printError });
    await served(started);
    return started;
  });
  const stop = onShutdown(async () => {
    await (await server).close();
    await (await host).close();
  });
  parent.on("message", ({ data, ports: [port] }) => {
    if (data === "stop") stop();
    else if (port) void host.then(({ router }) => serveMessagePort(router, port, { onError: printError }));
  });
  await server;
}

main((process as unknown as { parentPort: ParentPort }).parentPort).catch((error: unknown) => {
  printError(error);
  process.exit(1);
});

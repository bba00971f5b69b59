import { join } from "node:path";
import { APP_ROOT } from "./app-root.ts";
import { parseHostArguments } from "./arguments.ts";
import { createHost } from "./create-host.ts";
import { startStudioServer } from "./http-server.ts";
import { printError, surviveStrayFailures } from "./print-error.ts";
import { onShutdown } from "./shutdown.ts";

/** Runs the host: serves the studio on loopback and prints its address, until the process is asked to end. */
export async function serve(): Promise<void> {
  surviveStrayFailures();
  const options = parseHostArguments(process.argv.slice(2));
  const token = takeToken();
  const host = await createHost({
    onError: printError,
    ...(options.project !== undefined && { projectPath: options.project }),
  });
  const server = await startStudioServer(host.router, {
    http: host.http,
    renderer: join(APP_ROOT, "dist", "renderer"),
    origins: options.origins,
    onError: printError,
    ...(token !== undefined && { token }),
    ...(options.port !== undefined && { port: options.port }),
  }).catch(async (error: unknown) => {
    await host.close();
    throw error;
  });
  await host.served(server);
  onShutdown(async () => {
    await server.close();
    await host.close();
  });
  console.log(`Studio: ${server.url}`);
  process.send?.({ studio: server.url });
}

/** The token that `npm run dev` keeps over restarts; hidden from the processes that this one starts. */
function takeToken(): string | undefined {
  const token = process.env["HEDDLE_TOKEN"];
  delete process.env["HEDDLE_TOKEN"];
  return token;
}

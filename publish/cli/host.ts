import { setTimeout as pause } from "node:timers/promises";
import type { OwnWork } from "../../electron/host/begin-work.ts";
import { createHost, type Host } from "../../electron/host/create-host.ts";
import { readHostAddress } from "../../electron/host/host-address.ts";
import { startStudioServer } from "../../electron/host/http-server.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { connectWebSocket, type HostClient } from "../../engine/rpc/client/index.ts";
import { openProject } from "./project.ts";

/** How long a host that is just starting or ending is waited for, in ms. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/**
 * Calls with the host that has the project open: the studio's, or one that lives as long as this command and does by itself what `work`
 * says. So whatever a command does is recorded and seen in one place. @throws HeddleError `cli.project-not-found`, `project.locked`
 */
export async function withHost<T>(
  folder: string | undefined,
  use: (client: HostClient) => Promise<T>,
  work: OwnWork = "none",
): Promise<T> {
  const project = openProject(folder).folder;
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const own = await ownHost(project, work);
    if (typeof own !== "string") return useOwn(own, use);
    const other = await otherHost(project);
    if (other) return other.use(use);
    // Somebody has the project and can't be asked yet, or is just leaving.
    if (Date.now() > until) throw new HeddleError("project.locked", { path: project, pid: own });
    await pause(LOOK_AGAIN_MS);
  }
}

/** A host of this command's own, or the process that has the project already. */
async function ownHost(projectPath: string, work: OwnWork): Promise<Host | string> {
  try {
    return await createHost({ projectPath, work });
  } catch (error) {
    if (error instanceof HeddleError && error.code === "project.locked") return String(error.params["pid"] ?? "?");
    throw error;
  }
}

/** Other commands may join in meanwhile: they are served, and what they started is finished before this one ends. */
async function useOwn<T>(host: Host, use: (client: HostClient) => Promise<T>): Promise<T> {
  const server = await startStudioServer(host.router, { http: host.http, port: 0 });
  try {
    await host.served(server);
    const result = await use(host.client);
    await host.settled();
    return result;
  } finally {
    await server.close();
    await host.close();
  }
}

interface OtherHost {
  use<T>(use: (client: HostClient) => Promise<T>): Promise<T>;
}

/** The host that left its address in the project, if it answers. */
async function otherHost(project: string): Promise<OtherHost | undefined> {
  const found = readHostAddress(project);
  if (!found) return undefined;
  const connection = new AbortController();
  const client = connectWebSocket(`${found.address}/#token=${found.token}`, { signal: connection.signal });
  const answers = await client.system.info({}).then(
    () => true,
    () => false,
  );
  if (!answers) connection.abort();
  return answers
    ? {
        use: (use) =>
          use(client)
            .catch(asCommand)
            .finally(() => connection.abort()),
      }
    : undefined;
}

/** A command doesn’t connect again by itself, as the studio does. */
function asCommand(error: unknown): never {
  if (!(error instanceof HeddleError) || error.code !== "host.disconnected") throw error;
  throw new HeddleError("cli.host-lost", {}, { cause: error });
}

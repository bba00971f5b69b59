import { setTimeout as pause } from "node:timers/promises";
import { createHost, type Host } from "../../electron/host/create-host.ts";
import { readHostAddress, type HostAddress } from "../../electron/host/host-address.ts";
import { startStudioServer } from "../../electron/host/http-server.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { connectWebSocket, type HostClient } from "../../engine/rpc/client/index.ts";
import { openProject } from "./project.ts";

/** How long a host that is just starting or ending is waited for, in ms. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/** What `withHost` makes of a host of its own. */
export interface OwnHostOptions {
  /** Does what an open project does by itself (triggers, unfinished runs), for as long as the command runs. */
  active?: boolean;
}

/**
 * Calls with the host that has the project open: the studio's, or one that lives as long as this command. So whatever a command does is
 * recorded and seen in one place. @throws HeddleError `cli.project-not-found`, `project.locked`
 */
export async function withHost<T>(
  folder: string | undefined,
  use: (client: HostClient) => Promise<T>,
  options: OwnHostOptions = {},
): Promise<T> {
  const project = openProject(folder).folder;
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const own = await ownHost(project, options);
    if (typeof own !== "string") return await useOwn(own, use);
    const address = readHostAddress(project);
    if (address) return await useOther(address, use);
    // Somebody has the project and can't be asked yet.
    if (Date.now() > until) throw new HeddleError("project.locked", { path: project, pid: own });
    await pause(LOOK_AGAIN_MS);
  }
}

/** A host of this command's own, or the process that has the project already. */
async function ownHost(projectPath: string, { active = false }: OwnHostOptions): Promise<Host | string> {
  try {
    return await createHost({ projectPath, passive: !active });
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
    await settled(host.client);
    return result;
  } finally {
    await server.close();
    await host.close();
  }
}

/** Resolves when no run is under way; those that wait for something rest. */
async function settled(client: HostClient): Promise<void> {
  const running = (await client.runs.list({ limit: 500 })).filter(({ state }) => state === "running");
  await Promise.all(
    running.map(async ({ runId }) => {
      for await (const event of await client.runs.events({ runId }))
        if (event.type === "run.waiting" && (await rests(client, runId))) return;
    }),
  );
}

async function rests(client: HostClient, runId: string): Promise<boolean> {
  return (await client.runs.list({ limit: 500 })).some((run) => run.runId === runId && run.state === "waiting");
}

async function useOther<T>({ address, token }: HostAddress, use: (client: HostClient) => Promise<T>): Promise<T> {
  const connection = new AbortController();
  try {
    return await use(connectWebSocket(`${address}/#token=${token}`, { signal: connection.signal }));
  } finally {
    connection.abort();
  }
}

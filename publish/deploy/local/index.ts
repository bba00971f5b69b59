import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { ClusterStatus } from "../../../engine/rpc/contract.ts";
import { clusterPaths, readClusterFile, writeClusterFile } from "./cluster-file.ts";
import { DEFAULT_GATEWAY_PORT } from "./ports.ts";
import { ended, endAll, isRunning, signal } from "./process.ts";
import { logTail } from "./service.ts";
import type { SupervisorMessage, SupervisorOptions } from "./supervisor.ts";

export { clusterPaths, writePrivately } from "./cluster-file.ts";

export interface LocalClusterOptions {
  /** The user's folder (HEDDLE_HOME): keys, models and secrets are read from it. */
  home: string;
  /** The cluster's data. Left out: `cluster` in the home. */
  folder?: string;
  /** The gateway's port; the other services take the ones after it. Taken ports are replaced by free ones; 0 takes free ones only. */
  port?: number;
  workers?: number;
  /** For tests: every step ends the attempt, so that each one is replayed. */
  alwaysReplay?: boolean;
}

export const clusterFolder = ({ home, folder }: Pick<LocalClusterOptions, "home" | "folder">): string =>
  folder ?? join(home, "cluster");

const STOPPED: ClusterStatus = { state: "stopped", services: [] };

/** How the cluster fares, as its supervisor last wrote; `stopped` when no supervisor lives. */
export function clusterStatus(folder: string): ClusterStatus {
  const file = readClusterFile(folder);
  return file && isRunning(file.supervisor) ? file.status : STOPPED;
}

export interface StartedCluster {
  status: ClusterStatus;
  /** Milliseconds from start to ready; undefined when it ran already. */
  after?: number;
}

/** Starts the cluster, or waits for the one that is starting; resolves when it is ready. @throws HeddleError `publish.cluster-failed` */
export async function startCluster(options: LocalClusterOptions): Promise<StartedCluster> {
  const folder = clusterFolder(options);
  const running = readClusterFile(folder);
  if (running?.status.state === "stopping") await ended([running.supervisor], 30_000);
  if (running && isRunning(running.supervisor)) return { status: await whenReady(folder) };
  const began = performance.now();
  const message = await firstMessage(spawnSupervisor(folder, options), folder);
  if ("busy" in message) return { status: await whenReady(folder) };
  if ("failed" in message) {
    const { service, detail, log } = message.failed;
    throw new HeddleError("publish.cluster-failed", { service, detail, log });
  }
  return { status: clusterStatus(folder), after: performance.now() - began };
}

/** Stops the cluster and everything that it started, also where its supervisor was killed. Resolves when nothing of it runs. */
export async function stopCluster(folder: string): Promise<void> {
  const file = readClusterFile(folder);
  if (!file) return;
  signal(file.supervisor, "SIGTERM");
  if (!(await ended([file.supervisor], 20_000))) signal(file.supervisor, "SIGKILL");
  const last = readClusterFile(folder) ?? file;
  await endAll(last.processes, 5_000);
  writeClusterFile(folder, { ...last, processes: [], status: { ...STOPPED } });
}

/** The status now and at every change, until the signal aborts. */
export async function* watchCluster(folder: string, abort?: AbortSignal): AsyncGenerator<ClusterStatus> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let changed = Promise.withResolvers<void>();
  const wake = (): void => changed.resolve();
  const watcher = watch(folder, wake);
  // A supervisor that is killed writes nothing, so its life is looked at too.
  const pulse = setInterval(wake, 2_000);
  abort?.addEventListener("abort", wake, { once: true });
  try {
    for (let told = ""; !abort?.aborted;) {
      const status = clusterStatus(folder);
      const text = JSON.stringify(status);
      if (text !== told) yield status;
      told = text;
      await changed.promise;
      changed = Promise.withResolvers<void>();
    }
  } finally {
    clearInterval(pulse);
    watcher.close();
  }
}

/** The key with which the local cluster's owner publishes. @throws HeddleError `publish.cluster-down` */
export function adminKey(folder: string): string {
  const path = clusterPaths(folder).adminKey;
  if (!existsSync(path)) throw new HeddleError("publish.cluster-down");
  return readFileSync(path, "utf8").trim();
}

async function whenReady(folder: string): Promise<ClusterStatus> {
  const limit = AbortSignal.timeout(120_000);
  let seen = false;
  for await (const { state, ...status } of watchCluster(folder, limit)) {
    if (state === "ready" || state === "degraded") return { state, ...status };
    if (seen && (state === "stopped" || state === "stopping")) break;
    // A supervisor that began this moment may not have written yet.
    seen ||= state === "starting";
  }
  throw supervisorEnded(folder);
}

function spawnSupervisor(folder: string, options: LocalClusterOptions): ChildProcess {
  const paths = clusterPaths(folder);
  mkdirSync(paths.logs, { recursive: true, mode: 0o700 });
  const log = openSync(paths.log("supervisor"), "a", 0o600);
  const request: SupervisorOptions = {
    home: options.home,
    folder,
    port: options.port ?? readClusterFile(folder)?.ports.gateway ?? DEFAULT_GATEWAY_PORT,
    workers: options.workers ?? 2,
    alwaysReplay: options.alwaysReplay ?? false,
  };
  try {
    return spawn(
      process.execPath,
      [fileURLToPath(new URL("supervisor.ts", import.meta.url)), JSON.stringify(request)],
      {
        detached: true,
        stdio: ["ignore", log, log, "ipc"],
        cwd: folder,
        // Compiled sources are kept, for the services too: most of a start is loading them.
        env: { NODE_COMPILE_CACHE: join(options.home, "cache", "compiled"), ...process.env },
        windowsHide: true,
      },
    );
  } finally {
    closeSync(log);
  }
}

/** What the supervisor says first; then it is let go, to live longer than this process. */
async function firstMessage(child: ChildProcess, folder: string): Promise<SupervisorMessage> {
  try {
    return await new Promise((resolve, reject) => {
      child.once("message", (message) => resolve(message as SupervisorMessage));
      child.once("error", (cause) => reject(supervisorEnded(folder, cause)));
      child.once("exit", () => reject(supervisorEnded(folder)));
    });
  } finally {
    child.removeAllListeners();
    if (child.connected) child.disconnect();
    child.unref();
  }
}

function supervisorEnded(folder: string, cause?: unknown): HeddleError {
  const log = clusterPaths(folder).log("supervisor");
  return new HeddleError("publish.cluster-failed", { service: "supervisor", detail: logTail(log, 5), log }, { cause });
}

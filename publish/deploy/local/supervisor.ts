import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ClusterStatus } from "../../../engine/rpc/contract.ts";
import { startBalancer } from "./balancer.ts";
import {
  clusterPaths,
  readClusterFile,
  writeClusterFile,
  type ClusterFile,
  type ProcessRecord,
} from "./cluster-file.ts";
import { leaveFolder, takeFolder } from "./folder-lock.ts";
import { watchHealth, type Health } from "./health.ts";
import { keepKeys } from "./keys.ts";
import { choosePorts } from "./ports.ts";
import { keepPostgresPassword, postgresService, postgresUrl, preparePostgres } from "./postgres.ts";
import { bornAt, endAll } from "./process.ts";
import { registerWorkers, restateService } from "./restate.ts";
import { keepRunning, type Service, type ServiceHooks, type ServiceSpec } from "./service.ts";
import { gatewayService, modelService, workerService } from "./heddle-services.ts";

/** What `heddle cluster up` asks of the process that keeps the cluster running. */
export const supervisorOptionsSchema = z.object({
  home: z.string(),
  folder: z.string(),
  port: z.int(),
  workers: z.int().min(1).max(16),
  alwaysReplay: z.boolean().default(false),
});
export type SupervisorOptions = z.infer<typeof supervisorOptionsSchema>;

/** What the supervisor tells whoever started it. */
export type SupervisorMessage =
  | { ready: true; after: number }
  /** Another supervisor has the folder. */
  | { busy: true }
  | { failed: { service: string; detail: string; log: string } };

const options = supervisorOptionsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const paths = clusterPaths(options.folder);
const began = Date.now();
const stopping = new AbortController();

mkdirSync(paths.logs, { recursive: true, mode: 0o700 });
if (!takeFolder(paths.lock)) {
  await new Promise<void>((resolve) => (process.send ? process.send({ busy: true }, () => resolve()) : resolve()));
  process.exit(0);
}
await endLeftovers();
const ports = await choosePorts(options.port, options.workers);
const keys = keepKeys(paths, options.home);
const reaper = startReaper();

const services: Service[] = [];
const processes = new Map<number, ProcessRecord>();
let clusterState: ClusterStatus["state"] = "starting";
let readyAfter: number | undefined;
let health: Health | undefined;

const hooks: ServiceHooks = {
  changed: () => saveState(),
  born: (record) => {
    processes.set(record.pid, record);
    reaper.tell("+", record);
    saveState();
  },
  died: (record) => {
    processes.delete(record.pid);
    reaper.tell("-", record);
  },
};

async function start(): Promise<void> {
  const workerUrls = ports.workers.map((port) => `http://127.0.0.1:${port}`);
  const balancer = `http://127.0.0.1:${ports.balancer}`;
  try {
    await startBalancer(ports.balancer, workerUrls);
    keepPostgresPassword(paths);
    const database = postgresUrl(paths, ports.postgres);
    const environment = {
      paths,
      ports,
      home: options.home,
      database,
      adminKey: keys.adminKey,
      alwaysReplay: options.alwaysReplay,
    };
    begin([
      restateService(paths, ports),
      modelService(environment),
      ...ports.workers.map((_, index) => workerService(environment, index)),
      gatewayService(environment),
    ]);
    // The others wait for their database by themselves; making it takes as long as they need to load.
    await inService("postgres", () => preparePostgres(paths));
    begin([postgresService(paths, ports.postgres)]);
    await Promise.all(services.map((service) => inService(service.name, () => service.started)));
    await inService("restate", () =>
      registerWorkers(`http://127.0.0.1:${ports.restateAdmin}`, balancer, stopping.signal),
    );
    readyAfter = Date.now() - began;
    clusterState = "ready";
    health = watchHealth(`http://127.0.0.1:${ports.gateway}`, saveState, stopping.signal);
    saveState();
    tell({ ready: true, after: readyAfter });
  } catch (error) {
    if (stopping.signal.aborted) return;
    const { service, detail } = error as ServiceFailure;
    // Before it is told: who hears of the failure finds nothing left of the cluster.
    await stopAll();
    tell({ failed: { service, detail, log: paths.log(service) } });
    process.exit(1);
  }
}

function begin(specs: readonly ServiceSpec[]): void {
  if (!stopping.signal.aborted) services.push(...specs.map((spec) => keepRunning(spec, hooks)));
}

class ServiceFailure extends Error {
  readonly service: string;
  readonly detail: string;
  constructor(service: string, detail: string, cause: unknown) {
    super(`${service}: ${detail}`, { cause });
    this.service = service;
    this.detail = detail;
  }
}

async function inService<T>(service: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new ServiceFailure(service, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function tell(message: SupervisorMessage): void {
  if (process.connected) process.send?.(message);
}

function status(): ClusterStatus {
  const rows = services.map(({ name, url, state, detail }) => {
    // What the process says of itself comes first: a service that is starting isn't asked yet.
    const trouble = state === "ready" ? health?.trouble(name) : undefined;
    const why = detail ?? trouble;
    return {
      name,
      state: trouble === undefined ? state : ("failed" as const),
      url,
      ...(why !== undefined && { detail: why }),
    };
  });
  const failing = rows.some((row) => row.state !== "ready");
  const state = clusterState === "ready" && failing ? "degraded" : clusterState;
  return { state, gateway: `http://127.0.0.1:${ports.gateway}`, services: rows };
}

function saveState(): void {
  const file: ClusterFile = {
    supervisor: { name: "supervisor", pid: process.pid, born: bornAt(process.pid) ?? "" },
    processes: [...processes.values(), reaper.record],
    ports,
    startedAt: began,
    readyAfter,
    status: status(),
  };
  writeClusterFile(options.folder, file);
}

/** Heddle's own services first, so that no run is in the middle of a write when the database goes. */
async function stopAll(): Promise<void> {
  stopping.abort();
  clusterState = "stopping";
  saveState();
  const own = services.filter(({ name }) => name !== "postgres" && name !== "restate");
  await Promise.all(own.map((service) => service.stop()));
  await Promise.all(services.map((service) => service.stop()));
  clusterState = "stopped";
  saveState();
  leaveFolder(paths.lock);
}

async function shutDown(): Promise<void> {
  if (stopping.signal.aborted) return;
  await stopAll();
  process.exit(0);
}

/** Processes of a cluster whose supervisor was killed, should the reaper have been killed too. */
async function endLeftovers(): Promise<void> {
  await endAll(readClusterFile(options.folder)?.processes ?? [], 3_000);
}

function startReaper(): { record: ProcessRecord; tell(sign: "+" | "-", record: ProcessRecord): void } {
  const child = spawn(process.execPath, [fileURLToPath(new URL("reaper.ts", import.meta.url))], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  child.stdin.on("error", () => undefined);
  child.unref();
  return {
    record: { name: "reaper", pid: child.pid!, born: bornAt(child.pid!) ?? "" },
    tell: (sign, record) => void child.stdin.write(`${sign}${JSON.stringify(record)}\n`),
  };
}

process.on("SIGTERM", () => void shutDown());
process.on("SIGINT", () => void shutDown());
saveState();
await start();

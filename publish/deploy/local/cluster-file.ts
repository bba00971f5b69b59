import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { clusterStatusSchema } from "../../../engine/rpc/contract.ts";

/** A process as it can be recognised later: its id alone may have been given to another program meanwhile. */
export const processRecordSchema = z.object({ name: z.string(), pid: z.int(), born: z.string() });
export type ProcessRecord = z.infer<typeof processRecordSchema>;

export const portsSchema = z.object({
  gateway: z.int(),
  restateIngress: z.int(),
  restateAdmin: z.int(),
  restateNode: z.int(),
  postgres: z.int(),
  balancer: z.int(),
  model: z.int(),
  workers: z.array(z.int()),
});
export type Ports = z.infer<typeof portsSchema>;

/** `cluster.json` in the cluster's folder: what runs, where, and how it fares. Written by the supervisor alone. */
export const clusterFileSchema = z.object({
  supervisor: processRecordSchema,
  processes: z.array(processRecordSchema),
  ports: portsSchema,
  startedAt: z.number(),
  /** Set once: milliseconds from start to the first time that everything was ready. */
  readyAfter: z.number().optional(),
  status: clusterStatusSchema,
});
export type ClusterFile = z.infer<typeof clusterFileSchema>;

/** The files of a local cluster's folder. */
export const clusterPaths = (folder: string) => ({
  folder,
  state: join(folder, "cluster.json"),
  lock: join(folder, "supervisor.lock"),
  logs: join(folder, "logs"),
  log: (service: string) => join(folder, "logs", `${service}.log`),
  adminKey: join(folder, "admin.key"),
  apiKey: join(folder, "api.key"),
  trustedPublishers: join(folder, "trusted-publishers"),
  postgresData: join(folder, "postgres"),
  postgresPassword: join(folder, "postgres.key"),
  restateData: join(folder, "restate"),
  restateConfig: join(folder, "restate.toml"),
});
export type ClusterPaths = ReturnType<typeof clusterPaths>;

/** The cluster's file, or undefined where none is or it can't be read (a crash while writing leaves the old one). */
export function readClusterFile(folder: string): ClusterFile | undefined {
  const path = clusterPaths(folder).state;
  if (!existsSync(path)) return undefined;
  try {
    return clusterFileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

export function writeClusterFile(folder: string, file: ClusterFile): void {
  writePrivately(clusterPaths(folder).state, `${JSON.stringify(file, null, 2)}\n`);
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivately(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ClusterStatus } from "../../../engine/rpc/contract.ts";
import { clusterPaths, readClusterFile } from "./cluster-file.ts";
import { clusterFolder, clusterStatus, startCluster, stopCluster, watchCluster } from "./index.ts";
import { isRunning } from "./process.ts";

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "heddle-local-"));
  folder = clusterFolder({ home });
});
afterEach(async () => {
  await stopCluster(folder);
  rmSync(home, { recursive: true, force: true });
});

it("is one cluster however many start it at once, and starts again while it stops", async () => {
  const started = await Promise.all([startCluster({ home, port: 0 }), startCluster({ home, port: 0 })]);
  expect(started.map(({ status }) => status.state)).toEqual(["ready", "ready"]);
  expect(new Set(started.map(({ status }) => status.gateway)).size).toBe(1);
  const { supervisor } = readClusterFile(folder)!;
  const [, again] = await Promise.all([
    stopCluster(folder),
    until(folder, "stopping").then(() => startCluster({ home, port: 0 })),
  ]);
  expect(again.status.state).toBe("ready");
  expect(isRunning(supervisor)).toBe(false);
}, 120_000);

it("notices a service that lives but doesn’t answer", async () => {
  await startCluster({ home, port: 0 });
  const model = readClusterFile(folder)!.processes.find(({ name }) => name === "model")!;
  process.kill(model.pid, "SIGSTOP");
  const degraded = await until(folder, "degraded");
  expect(degraded.services.find(({ name }) => name === "model")).toMatchObject({
    state: "failed",
    detail: expect.any(String) as string,
  });
  process.kill(model.pid, "SIGCONT");
  await until(folder, "ready");
}, 120_000);

it("says which service fails to start, with its log, and leaves nothing running", async () => {
  const paths = clusterPaths(folder);
  await startCluster({ home, port: 0 });
  await stopCluster(folder);
  writeFileSync(join(paths.postgresData, "postgresql.conf"), "this is not a setting\n");
  const failure = startCluster({ home, port: 0 });
  await expect(failure).rejects.toMatchObject({
    code: "publish.cluster-failed",
    params: { service: "postgres", log: paths.log("postgres") },
  });
  await expect(failure).rejects.toThrow(/postgresql\.conf/);
  expect(clusterStatus(folder).state).toBe("stopped");
  expect(
    readClusterFile(folder)!
      .processes.filter(({ name }) => name !== "reaper")
      .filter(isRunning),
  ).toEqual([]);
}, 120_000);

/** The cluster's status once it has this state. */
async function until(of: string, wanted: ClusterStatus["state"]): Promise<ClusterStatus> {
  for await (const status of watchCluster(of)) if (status.state === wanted) return status;
  throw new Error(`the cluster never was ${wanted}`);
}

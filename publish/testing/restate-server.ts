import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterPaths, type Ports } from "../deploy/local/cluster-file.ts";
import { choosePorts } from "../deploy/local/ports.ts";
import { restateService } from "../deploy/local/restate.ts";
import { keepRunning } from "../deploy/local/service.ts";

/** A real Restate server in a folder of its own, for integration tests. */
export interface TestRestate {
  admin: string;
  ingress: string;
  stop(): Promise<void>;
}

export async function startRestate(): Promise<TestRestate> {
  const folder = mkdtempSync(join(tmpdir(), "heddle-restate-"));
  const ports: Ports = await choosePorts(0, 0);
  const nothing = (): void => undefined;
  const service = keepRunning(restateService(clusterPaths(folder), ports), {
    changed: nothing,
    born: nothing,
    died: nothing,
  });
  const stop = async (): Promise<void> => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await service.started.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { admin: `http://127.0.0.1:${ports.restateAdmin}`, ingress: `http://127.0.0.1:${ports.restateIngress}`, stop };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { clusterPaths } from "../../publish/deploy/local/cluster-file.ts";
import {
  keepPostgresPassword,
  postgresService,
  postgresUrl,
  preparePostgres,
} from "../../publish/deploy/local/postgres.ts";

/** A PostgreSQL of its own, with its data in `folder`. */
export async function startPostgres(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const paths = clusterPaths(folder);
  keepPostgresPassword(paths);
  await preparePostgres(paths);
  const port = await freePort();
  const service = postgresService(paths, port);
  const { file, args, env, cwd } = service.command();
  const server = spawn(file, args, { env: { ...process.env, ...env }, cwd, stdio: "ignore" });
  const exited = once(server, "exit");
  await service.ready?.(AbortSignal.timeout(30_000));
  return {
    url: postgresUrl(paths, port),
    async stop() {
      server.kill("SIGINT");
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ClusterPaths, Ports } from "./cluster-file.ts";
import type { ServiceSpec } from "./service.ts";
import { until } from "./until.ts";

/** The server's program for this machine, started directly so that no wrapper stands between it and our signals. */
function binary(): string {
  const near = createRequire(fileURLToPath(import.meta.resolve("@restatedev/restate-server/package.json")));
  try {
    return near.resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`);
  } catch (cause) {
    throw new Error(
      `the Restate server isn’t packaged for ${process.platform} on ${process.arch}; it exists for Linux and macOS`,
      { cause },
    );
  }
}

const configuration = (paths: ClusterPaths, ports: Ports): string => `# Written by heddle cluster up.
node-name = "local"
cluster-name = "heddle-local"
base-dir = ${JSON.stringify(paths.restateData)}
roles = ["http-ingress", "admin", "worker", "log-server", "metadata-server"]
auto-provision = true
listen-mode = "tcp"
bind-address = "127.0.0.1:${ports.restateNode}"
advertised-address = "http://127.0.0.1:${ports.restateNode}"
default-num-partitions = 4
disable-telemetry = true
log-filter = "warn,octocrab=off"
log-disable-ansi-codes = true
rocksdb-total-memory-size = "128 MiB"

[admin]
bind-address = "127.0.0.1:${ports.restateAdmin}"
advertised-admin-endpoint = "http://127.0.0.1:${ports.restateAdmin}"

[ingress]
bind-address = "127.0.0.1:${ports.restateIngress}"
`;

export function restateService(paths: ClusterPaths, ports: Ports): ServiceSpec {
  const admin = `http://127.0.0.1:${ports.restateAdmin}`;
  return {
    name: "restate",
    url: `http://127.0.0.1:${ports.restateIngress}`,
    log: paths.log("restate"),
    speaks: false,
    command: () => {
      mkdirSync(paths.restateData, { recursive: true, mode: 0o700 });
      writeFileSync(paths.restateConfig, configuration(paths, ports), { mode: 0o600 });
      return {
        file: binary(),
        args: ["--config-file", paths.restateConfig, "--no-logo"],
        env: { RUST_LOG: "warn,octocrab=off", RESTATE_DISABLE_TELEMETRY: "true", DO_NOT_TRACK: "1" },
      };
    },
    // A query reads every partition: it fails until each has a leader, while /health already says yes.
    ready: (signal) => until(() => query(admin, "select count(*) as runs from sys_invocation"), signal),
  };
}

/** Asks Restate's own tables. @throws when it doesn't answer. */
export async function query(admin: string, sql: string): Promise<unknown> {
  const response = await fetch(`${admin}/query`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query: sql }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`Restate answered ${response.status}`);
  return response.json();
}

const deploymentsSchema = z.object({
  deployments: z.array(z.looseObject({ id: z.string(), uri: z.string().optional() })),
});

/**
 * The interpreter's release. Raise it when handlers or the order of operations change: Restate then gives new runs to the new release, and runs
 * in the middle stay with the address that they began on.
 */
const RELEASE = "release-1";

/**
 * Tells Restate where the workers are. Addresses that were registered when other ports were free are told the new port, so that their runs
 * go on.
 */
export async function registerWorkers(admin: string, workers: string, signal: AbortSignal): Promise<void> {
  const uri = `${workers}/${RELEASE}`;
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${admin}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response.json();
  };
  await until(async () => {
    const { deployments } = deploymentsSchema.parse(await ask("GET", "/deployments"));
    const registered = deployments.flatMap((deployment) =>
      deployment.uri ? [{ id: deployment.id, uri: new URL(deployment.uri) }] : [],
    );
    for (const { id, uri: old } of registered) {
      const path = old.pathname.replace(/\/$/, "");
      if (old.origin !== new URL(workers).origin)
        await ask("PATCH", `/deployments/${id}`, { uri: `${workers}${path}` });
    }
    if (!registered.some(({ uri: { pathname } }) => pathname.startsWith(`/${RELEASE}`)))
      await ask("POST", "/deployments", { uri, force: false });
  }, signal);
}

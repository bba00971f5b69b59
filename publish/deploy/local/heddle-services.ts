import { fileURLToPath } from "node:url";
import type { ClusterPaths, Ports } from "./cluster-file.ts";
import type { ServiceSpec } from "./service.ts";

/** What Heddle's own services need to know of each other. Handed over in the environment, so that no secret shows in a process list. */
export interface ServiceEnvironment {
  paths: ClusterPaths;
  ports: Ports;
  home: string;
  database: string;
  adminKey: string;
  /** For tests: every step ends the attempt, so that each one is replayed. */
  alwaysReplay: boolean;
}

const SERVER = new URL("../../server/", import.meta.url);

export function gatewayService({ paths, ports, home, database, adminKey }: ServiceEnvironment): ServiceSpec {
  return heddleService(paths, "gateway", ports.gateway, "gateway/main.ts", {
    port: ports.gateway,
    database,
    home,
    adminKey,
    trustedPublishers: paths.trustedPublishers,
    restateIngress: `http://127.0.0.1:${ports.restateIngress}`,
    restateAdmin: `http://127.0.0.1:${ports.restateAdmin}`,
    modelServer: `http://127.0.0.1:${ports.model}/v1`,
  });
}

export function workerService(environment: ServiceEnvironment, index: number): ServiceSpec {
  const { paths, ports, home, database } = environment;
  return heddleService(paths, `worker-${index + 1}`, ports.workers[index]!, "worker/main.ts", {
    port: ports.workers[index]!,
    database,
    home,
    trustedPublishers: paths.trustedPublishers,
    modelServer: `http://127.0.0.1:${ports.model}/v1`,
    restateIngress: `http://127.0.0.1:${ports.restateIngress}`,
    alwaysReplay: environment.alwaysReplay,
  });
}

export function modelService({ paths, ports, home }: ServiceEnvironment): ServiceSpec {
  return heddleService(paths, "model", ports.model, "model/main.ts", { port: ports.model, home });
}

function heddleService(paths: ClusterPaths, name: string, port: number, entry: string, config: object): ServiceSpec {
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    log: paths.log(name),
    speaks: true,
    command: () => ({
      file: process.execPath,
      args: [fileURLToPath(new URL(entry, SERVER))],
      env: { HEDDLE_SERVICE: JSON.stringify(config) },
    }),
  };
}

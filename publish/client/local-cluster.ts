import { existsSync, readFileSync } from "node:fs";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import {
  adminKey,
  clusterFolder,
  clusterPaths,
  clusterStatus,
  writePrivately,
  type LocalClusterOptions,
} from "../deploy/local/index.ts";
import { createGatewayClient, type GatewayClient } from "./gateway-client.ts";

/** The running local cluster, as its owner reaches it. */
export interface LocalCluster {
  /** The gateway with the API key for trying, or with the admin key. @throws HeddleError `publish.cluster-down` */
  gateway(as: "caller" | "admin"): Promise<GatewayClient>;
  /** The API key for trying, made on first use. @throws HeddleError `publish.cluster-down` */
  apiKey(): Promise<string>;
}

export function localCluster(options: Pick<LocalClusterOptions, "home" | "folder">): LocalCluster {
  const folder = clusterFolder(options);
  let making: Promise<string> | undefined;

  function url(): string {
    const { state, gateway } = clusterStatus(folder);
    if (!gateway || state === "stopped" || state === "stopping") throw new HeddleError("publish.cluster-down");
    return gateway;
  }
  const admin = (): GatewayClient => createGatewayClient(url(), adminKey(folder));

  async function makeKey(path: string): Promise<string> {
    const { key } = await admin().createKey("Local trials");
    writePrivately(path, key!);
    return key!;
  }

  async function apiKey(): Promise<string> {
    url();
    const path = clusterPaths(folder).apiKey;
    if (existsSync(path)) return readFileSync(path, "utf8").trim();
    making ??= makeKey(path).finally(() => (making = undefined));
    return making;
  }

  return {
    apiKey,
    gateway: async (as) => (as === "admin" ? admin() : createGatewayClient(url(), await apiKey())),
  };
}

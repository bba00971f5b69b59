import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { heddleHome } from "../../engine/store/home/home.ts";
import { createSecretStore, type SecretStore } from "../../engine/store/home/secrets.ts";
import type { McpServerConfig, PublishEvent } from "../../engine/rpc/contract.ts";
import { createToolHost } from "../../mcp/client/index.ts";
import { testCatalog } from "./bundle-sources.ts";
import { createPublisher, type Publisher } from "../client/index.ts";
import { clusterFolder, startCluster, stopCluster } from "../deploy/local/index.ts";
import { readClusterFile, type ClusterFile, type ProcessRecord } from "../deploy/local/cluster-file.ts";

/** A whole local cluster in a folder of its own, for integration tests. */
export interface TestCluster {
  home: string;
  folder: string;
  secrets: SecretStore;
  publisher: Publisher;
  /** Flow texts by name: what the project would hold. */
  flows: Record<string, string>;
  servers: Record<string, McpServerConfig>;
  gateway(): string;
  file(): ClusterFile;
  process(name: string): ProcessRecord;
  /** Resolves once the supervisor has another process in place of this one, and it is ready. */
  restarted(record: ProcessRecord): Promise<void>;
  /** Publishes a flow of `flows`. @throws when it fails */
  publish(flow: string): Promise<NonNullable<PublishEvent["deployment"]>>;
  /** Calls the gateway with the API key. */
  request(path: string, init?: RequestInit): Promise<Response>;
  dispose(): Promise<void>;
}

export async function startTestCluster(options: { alwaysReplay?: boolean } = {}): Promise<TestCluster> {
  const home = mkdtempSync(join(tmpdir(), "heddle-cluster-"));
  const cluster = { home, port: 0, ...options };
  const folder = clusterFolder(cluster);
  const flows: Record<string, string> = {};
  const servers: Record<string, McpServerConfig> = {};
  const tools = createToolHost({ servers });
  const secrets = createSecretStore(heddleHome(home));
  const publisher = createPublisher({
    cluster,
    version: "0.0.0-test",
    catalog: testCatalog,
    flowText: async (flow) => flows[flow]!,
    roles: async () => ({ default: "demo" }),
    models: async () => [],
    servers: async () => servers,
    tools: {
      async list(server, names, signal) {
        await tools.setServers(servers);
        return tools.list(server, names, signal);
      },
    },
    secrets,
  });
  const dispose = async (): Promise<void> => {
    await tools.dispose();
    await stopCluster(folder);
    rmSync(home, { recursive: true, force: true });
  };
  await startCluster(cluster).catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
  const file = (): ClusterFile => readClusterFile(folder)!;
  return {
    home,
    folder,
    secrets,
    publisher,
    flows,
    servers,
    file,
    gateway: () => file().status.gateway!,
    process: (name) => file().processes.find((record) => record.name === name)!,
    async restarted({ name, pid }) {
      for await (const { services } of publisher.watchCluster()) {
        const now = file().processes.find((record) => record.name === name);
        if (now && now.pid !== pid && services.some((service) => service.name === name && service.state === "ready"))
          return;
      }
    },
    async publish(flow) {
      for await (const { deployment, error } of publisher.publish(flow)) {
        if (error) throw new Error(error.message);
        if (deployment) return deployment;
      }
      throw new Error("publishing told neither an endpoint nor an error");
    },
    async request(path, init = {}) {
      const headers = { authorization: `Bearer ${await publisher.apiKey()}`, ...init.headers };
      return fetch(new URL(path, file().status.gateway), { ...init, headers });
    },
    dispose,
  };
}

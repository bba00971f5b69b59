import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { demoDefinition, type ModelDefinition } from "../../engine/model/definition.ts";
import type { Catalog } from "../../engine/node/catalog.ts";
import type { ToolService } from "../../engine/node/services.ts";
import type { ClusterStatus, McpServerConfig, PublishEvent } from "../../engine/rpc/contract.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import type { SecretStore } from "../../engine/store/home/secrets.ts";
import type { Deployment } from "../api.ts";
import {
  createBundle,
  fileDigests,
  modelDigestCache,
  publisherKeys,
  signBundle,
  type Bundle,
  type BundleSources,
} from "../bundle/index.ts";
import {
  clusterFolder,
  clusterStatus,
  startCluster,
  stopCluster,
  watchCluster,
  type LocalClusterOptions,
} from "../deploy/local/index.ts";
import { localCluster, type LocalCluster } from "./local-cluster.ts";

/** The project and the machine that flows are published from. Functions are asked at each publish, so that the latest settings count. */
export interface PublisherOptions {
  cluster: LocalClusterOptions;
  /** Heddle's version. */
  version: string;
  catalog: Catalog;
  /** The flow file's text. @throws HeddleError `not-found` */
  flowText(flow: string): Promise<string>;
  /** The project's roles: role -> model id. */
  roles(): Promise<Readonly<Record<string, string>>>;
  /** The user's models, without the bundled one. */
  models(): Promise<readonly ModelDefinition[]>;
  /** `mcpServers` of the project. */
  servers(): Promise<Readonly<Record<string, McpServerConfig>>>;
  tools: Pick<ToolService, "list">;
  secrets: Pick<SecretStore, "names" | "get" | "set">;
}

/** Publishes flows to the local cluster and calls them there, as any client would: over HTTP. */
export interface Publisher extends LocalCluster {
  /** Check, bundle, start the cluster if it is down, push, activate. Never throws for the flow's sake: the last event tells. */
  publish(flow: string): AsyncGenerator<PublishEvent>;
  /** Calls a published flow over HTTP with server-sent events. @throws HeddleError `publish.*` */
  call(flow: string, input: JsonValue, signal?: AbortSignal): AsyncGenerator<RunEvent>;
  deployments(): Promise<Deployment[]>;
  clusterUp(): Promise<ClusterStatus>;
  clusterDown(): Promise<void>;
  clusterStatus(): ClusterStatus;
  watchCluster(signal?: AbortSignal): AsyncGenerator<ClusterStatus>;
}

type Stage = PublishEvent["stage"];

function absent(error: unknown): undefined {
  if (!(error instanceof HeddleError) || error.code !== "not-found") throw error;
}

export function createPublisher(options: PublisherOptions): Publisher {
  const folder = clusterFolder(options.cluster);
  const { home } = options.cluster;
  const digests = fileDigests(modelDigestCache(home));
  const cluster = localCluster(options.cluster);

  async function freeze(flow: string): Promise<Bundle> {
    const { bundle, kept } = await createBundle({ name: flow, text: await options.flowText(flow) }, await sources());
    // What mcp.json holds in plain text moves to this machine's secret store, where the local cluster finds it by its name.
    for (const [name, value] of Object.entries(kept)) await options.secrets.set(name, value);
    return signBundle(bundle, publisherKeys(home));
  }

  async function sources(): Promise<BundleSources> {
    const [roles, models, servers, names] = await Promise.all([
      options.roles(),
      options.models(),
      options.servers(),
      options.secrets.names(),
    ]);
    const values = await Promise.all(names.map(async (name) => [name, await options.secrets.get(name)] as const));
    const { version, catalog, tools } = options;
    return {
      version,
      catalog,
      tools,
      roles,
      servers,
      models: [demoDefinition, ...models],
      fileDigest: digests,
      flowText: (name) => options.flowText(name).catch(absent),
      secrets: Object.fromEntries(values),
    };
  }

  async function* publish(flow: string): AsyncGenerator<PublishEvent> {
    let stage: Stage = "check";
    try {
      yield { stage, state: "running" };
      const bundle = await freeze(flow);
      yield { stage, state: "done" };
      yield { stage: (stage = "bundle"), state: "done", detail: bundle.digest };
      yield { stage: (stage = "cluster"), state: "running" };
      const { status } = await startCluster(options.cluster);
      yield { stage, state: "done", detail: status.gateway };
      yield { stage: (stage = "push"), state: "running" };
      const admin = await cluster.gateway("admin");
      await admin.push(bundle);
      yield { stage, state: "done" };
      yield { stage: (stage = "activate"), state: "running" };
      const [{ revision, digest, endpoint }, key] = await Promise.all([
        admin.activate(flow, bundle.digest),
        cluster.apiKey(),
      ]);
      yield { stage, state: "done", detail: String(revision) };
      yield { stage: "ready", state: "done", deployment: { flow, revision, digest, endpoint, apiKey: key } };
    } catch (error) {
      yield { stage, state: "failed", error: HeddleError.from(error).toJSON() };
    }
  }

  return {
    ...cluster,
    publish,
    async *call(flow, input, signal) {
      yield* (await cluster.gateway("caller")).call(flow, input, signal);
    },
    // A cluster that is down has deployments too, but nobody can call them: the list shows what can be called.
    deployments: async () =>
      clusterStatus(folder).state === "stopped" ? [] : (await cluster.gateway("admin")).deployments(),
    clusterUp: async () => (await startCluster(options.cluster)).status,
    clusterDown: () => stopCluster(folder),
    clusterStatus: () => clusterStatus(folder),
    watchCluster: (signal) => watchCluster(folder, signal),
  };
}

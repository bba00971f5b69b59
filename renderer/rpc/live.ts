import { create, type StoreApi, type UseBoundStore } from "zustand";
import type {
  ClusterStatus,
  McpServerStatus,
  ModelStatus,
  OpenWait,
  TriggerStatus,
} from "../../engine/rpc/contract.ts";
import { getRpc } from "./host.ts";

interface Live<Value> {
  /** undefined until the host has said it once */
  value: Value | undefined;
}

type Watch<Value> = (signal: AbortSignal) => Promise<AsyncIterable<Value>>;

const RETRY_DELAY = 1_000;

/** The newest of what the host keeps telling. Subscribes again when the connection or the project changes. */
function createLive<Value>(watch: Watch<Value>) {
  const useLive = create<Live<Value>>(() => ({ value: undefined }));
  let controller: AbortController | undefined;

  /** Starts over: after a reconnect or with another project. */
  const restart = (): void => {
    controller?.abort();
    controller = new AbortController();
    void follow(watch, useLive, controller.signal);
  };
  return { useLive, restart };
}

async function follow<Value>(
  watch: Watch<Value>,
  store: UseBoundStore<StoreApi<Live<Value>>>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const value of await watch(signal)) {
        if (signal.aborted) return;
        store.setState({ value });
      }
    } catch {
      // The connection strip tells; here only the subscription is renewed.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY));
  }
}

const models = createLive<ModelStatus[]>((signal) => getRpc().models.watch({}, { signal }));
const servers = createLive<McpServerStatus[]>((signal) => getRpc().tools.watch({}, { signal }));
const flowChanges = createLive<{ name: string }>((signal) => getRpc().flows.watch({}, { signal }));
const inbox = createLive<OpenWait[]>((signal) => getRpc().inbox.watch({}, { signal }));
const triggers = createLive<TriggerStatus[]>((signal) => getRpc().triggers.watch({}, { signal }));
const cluster = createLive<ClusterStatus>((signal) => getRpc().cluster.watch({}, { signal }));

/** The models with their states, live; undefined until known. */
export const useModels = (): ModelStatus[] | undefined => models.useLive((live) => live.value);
/** The project's MCP servers with their tools, live; undefined until known. */
export const useToolServers = (): McpServerStatus[] | undefined => servers.useLive((live) => live.value);
/** The local cluster, live; undefined until known. */
export const useCluster = (): ClusterStatus | undefined => cluster.useLive((live) => live.value);

/** The tasks that wait for a person, oldest first, live; undefined until known. */
export const useInbox = (): OpenWait[] | undefined => inbox.useLive((live) => live.value);

/** The triggers of the project's flows, live; undefined until known. */
export const useTriggers = (): TriggerStatus[] | undefined => triggers.useLive((live) => live.value);
/** Takes what a change of triggers answered, before the host tells it to everybody. */
export const adoptTriggers = (value: TriggerStatus[]): void => triggers.useLive.setState({ value });

/** The last flow file that changed on disk. */
export const useFlowChange = (): { name: string } | undefined => flowChanges.useLive((live) => live.value);

/** Subscribes to models, tools, flow files, tasks, triggers and cluster; again after the project changed. */
export function watchHost(): void {
  models.restart();
  servers.restart();
  flowChanges.restart();
  inbox.restart();
  triggers.restart();
  cluster.restart();
}

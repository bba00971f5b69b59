import { mcpCallConfig, scheduleConfig, webhookConfig } from "../../nodes/io/triggers.ts";
import { HeddleError, type SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { SecretService } from "../node/services.ts";
import type { FlowTool, TriggerStatus } from "../rpc/contract.ts";
import type { Database } from "../store/database.ts";
import type { RunService } from "../store/run-service.ts";
import { ConversationStore } from "./conversation-store.ts";
import { createConversations, type Conversations } from "./conversations.ts";
import { FlowWatcher, type FlowSourceFiles } from "./flow-watcher.ts";
import { createLedger, type Start } from "./ledger.ts";
import { Listeners } from "./listeners.ts";
import { upcoming } from "./schedule.ts";
import { TriggerStore } from "./trigger-store.ts";
import { isListening, type FlowReading, type TriggerNode, type WatchedFlow } from "./watched-flow.ts";
import { answerCall, type Webhook, type WebhookAnswer } from "./webhook.ts";
import type { WebhookCall } from "./webhook-call.ts";

export interface TriggerServiceOptions {
  /** With the formats of TRIGGER_MIGRATIONS. */
  database: Database;
  runs: Pick<RunService, "start" | "events" | "value">;
  files: FlowSourceFiles;
  /** Reads a flow's text for running. */
  read(text: string, name: string): FlowReading;
  secrets: SecretService;
  /** The project's folder. */
  folder: string;
  /** False: nothing is fired or listened for by itself, for a host that lives as long as one command. */
  listens: boolean;
  /** Where this host is reached: `http://127.0.0.1:4310`; undefined before it is. */
  address(): string | undefined;
  report(error: unknown): void;
}

/** Starts runs when something happens outside, for flows that are switched on. */
export interface TriggerService {
  /** The triggers that can be listened for, of all flows. */
  list(): TriggerStatus[];
  watch(listener: () => void): () => void;
  /** @throws HeddleError `not-found`, `store.*` */
  setActive(flow: string, active: boolean): Promise<void>;
  /** Looks at a flow's file again: it was written, made or removed. */
  refresh(flow: string): Promise<void>;
  /** Reads all flows again: the node types that they are made of have changed. */
  refreshAll(): Promise<void>;
  /** Answers a call of a webhook's address. @throws HeddleError */
  call(call: WebhookCall, signal: AbortSignal): Promise<WebhookAnswer>;
  tools(): FlowTool[];
  /** Starts a run as a trigger of an active flow would. @throws HeddleError `trigger.inactive`, `run.not-runnable`, `store.*` */
  fire(start: Omit<Start, "text">): Promise<string>;
  conversations: Conversations;
  /** Forgets decisions from before a time (ms since 1970). */
  forget(before: number): void;
  close(): Promise<void>;
}

/**
 * Begins to listen: first what an earlier process had decided is carried out, then what was missed is made up for as each trigger says.
 * @throws HeddleError `store.*`
 */
export async function createTriggerService(options: TriggerServiceOptions): Promise<TriggerService> {
  const { database, runs, secrets, folder, report } = options;
  const store = new TriggerStore(database);
  const watcher = new FlowWatcher({ store, files: options.files, read: options.read });
  const told = new Set<() => void>();
  const changed = () => told.forEach((listener) => listener());
  const ledger = createLedger({
    store,
    runs,
    version: (flow, text) => (text === undefined ? watcher.running(flow) : options.read(text, flow)),
    changed,
  });
  const conversations = createConversations({
    store: new ConversationStore(database),
    firings: store,
    ledger,
    runs,
    report,
  });
  const listeners = new Listeners({ store, ledger, folder, changed });

  const follow = async (flow: WatchedFlow) => {
    if (options.listens) await listeners.follow(flow);
  };
  const followAll = () => Promise.all(watcher.list().map(follow));

  await watcher.readAll();
  if (options.listens) {
    await ledger.recover();
    conversations.recover();
  }
  await followAll();

  const activeTriggers = (kind: TriggerNode["kind"]) =>
    watcher.list().flatMap(({ name, active, now, running }) => {
      const triggers = active && now && running ? running.triggers.filter((trigger) => trigger.kind === kind) : [];
      return triggers.map((trigger) => ({ flow: name, trigger, running: running! }));
    });
  const webhooks = (): Webhook[] =>
    activeTriggers("webhook").map(({ flow, trigger }) => {
      return { flow, node: trigger.key, config: webhookConfig.parse(trigger.config) };
    });
  const look = async (flow: string): Promise<void> => {
    await follow(await watcher.look(flow));
    changed();
  };

  return {
    list: () => watcher.list().flatMap((flow) => statuses(flow, store, options.address())),
    watch(listener) {
      told.add(listener);
      return () => told.delete(listener);
    },
    async setActive(flow, active) {
      if (active && !(await options.files.read(flow))) throw new HeddleError("not-found", { kind: "flow", name: flow });
      if (active) store.activate(flow, Date.now());
      else store.deactivate(flow);
      await look(flow);
    },
    refresh: look,
    async refreshAll() {
      await watcher.readAll();
      await followAll();
      changed();
    },
    call: (call, signal) =>
      answerCall(call, { webhooks, secrets, runs, start: (start) => ledger.fire(keyed("webhook", start)) }, signal),
    tools: () => activeTriggers("mcp").map(({ flow, trigger, running }) => toolOf(flow, trigger, running)),
    fire(start) {
      const { flow, node } = start;
      const known = watcher.list().find(({ name, active }) => name === flow && active);
      const trigger = known?.running?.triggers.find(({ key }) => key === node);
      if (!trigger) throw new HeddleError("trigger.inactive", { path: `${flow}/${node}` });
      return ledger.fire(keyed(trigger.kind, start));
    },
    conversations,
    forget: (before) => store.forget(before),
    close: () => listeners.close(),
  };
}

/** Keys of different triggers never meet. */
function keyed<T extends { flow: string; node: string; input: JsonValue; key?: string }>(kind: string, start: T): T {
  const { key, flow, node } = start;
  return key === undefined ? start : { ...start, key: `${kind}/${flow}/${node}/${key}` };
}

function toolOf(flow: string, { key, title, config, input }: TriggerNode, { output }: FlowReading): FlowTool {
  const { tool, description } = mcpCallConfig.parse(config);
  return { flow, node: key, name: tool, title, description, input, output };
}

function statuses(flow: WatchedFlow, store: TriggerStore, address: string | undefined): TriggerStatus[] {
  const { name, active } = flow;
  const shown = active ? (flow.running ?? flow.now) : flow.now;
  const problem = problemOf(flow);
  return (shown?.triggers ?? []).filter(isListening).map((trigger) => {
    const { firedAt, runId, error } = store.mark(name, trigger.key);
    const url = address === undefined ? undefined : urlOf(address, name, trigger);
    const wrong = problem ?? (active ? error : undefined);
    return {
      flow: name,
      node: trigger.key,
      kind: trigger.kind,
      title: trigger.title,
      active,
      next: trigger.kind === "schedule" ? upcoming(scheduleConfig.parse(trigger.config)) : [],
      ...(url !== undefined && { url }),
      ...(firedAt !== undefined && { lastFiredAt: firedAt }),
      ...(runId !== undefined && { lastRunId: runId }),
      ...(wrong && { error: wrong }),
    };
  });
}

/** What is wrong with the file of an active flow, though its triggers may still listen as they did before. */
function problemOf({ name, active, running, now }: WatchedFlow): SerializedError | undefined {
  if (!active) return undefined;
  if (!now) return new HeddleError("trigger.flow-gone", { flow: name }).toJSON();
  if (!now.problem) return undefined;
  if (!running) return now.problem;
  return new HeddleError("trigger.flow-broken", { flow: name, problem: now.problem.message }).toJSON();
}

function urlOf(address: string, flow: string, { kind, config }: TriggerNode): string | undefined {
  if (kind === "mcp") return `${address}/mcp`;
  return kind === "webhook" ? `${address}/hooks/${flow}/${webhookConfig.parse(config).path}` : undefined;
}

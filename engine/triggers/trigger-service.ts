import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { SecretService } from "../node/services.ts";
import type { FlowTool, TriggerStatus } from "../rpc/contract.ts";
import type { Database } from "../store/database.ts";
import type { RunService } from "../store/run-service.ts";
import { activeTools, activeWebhooks, nameTaken } from "./active-triggers.ts";
import { ConversationStore } from "./conversation-store.ts";
import { createConversations, type Conversations } from "./conversations.ts";
import { FlowWatcher, type FlowSourceFiles } from "./flow-watcher.ts";
import { createLedger, type Ledger, type Start } from "./ledger.ts";
import { Listeners } from "./listeners.ts";
import { statusesOf } from "./trigger-status.ts";
import { TriggerStore } from "./trigger-store.ts";
import type { FlowReading, WatchedFlow } from "./watched-flow.ts";
import { answerCall, type WebhookAnswer } from "./webhook.ts";
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
  const service = new LocalTriggers(options);
  await service.begin();
  return service;
}

class LocalTriggers implements TriggerService {
  readonly conversations: Conversations;
  private readonly options: TriggerServiceOptions;
  private readonly store: TriggerStore;
  private readonly watcher: FlowWatcher;
  private readonly ledger: Ledger;
  private readonly listeners: Listeners;
  private readonly told = new Set<() => void>();

  constructor(options: TriggerServiceOptions) {
    const { database, runs, files, read, folder, report } = options;
    const changed = () => this.changed();
    const store = new TriggerStore(database);
    const watcher = new FlowWatcher({ store, files, read });
    const version = (flow: string, text: string | undefined) =>
      text === undefined ? watcher.running(flow) : read(text, flow);
    const ledger = createLedger({ store, runs, version, changed });
    const spoken = new ConversationStore(database);
    this.options = options;
    this.store = store;
    this.watcher = watcher;
    this.ledger = ledger;
    this.listeners = new Listeners({ store, ledger, folder, changed });
    this.conversations = createConversations({ store: spoken, firings: store, ledger, runs, report });
  }

  async begin(): Promise<void> {
    await this.watcher.readAll();
    if (!this.options.listens) return;
    await this.ledger.recover();
    this.conversations.recover();
    await this.followAll();
  }

  list(): TriggerStatus[] {
    const flows = this.watcher.list();
    const address = this.options.address();
    return flows.flatMap((flow) =>
      statusesOf(flow, this.store, { address, problemWith: (trigger) => nameTaken(flows, flow.name, trigger) }),
    );
  }

  watch(listener: () => void): () => void {
    this.told.add(listener);
    return () => this.told.delete(listener);
  }

  async setActive(flow: string, active: boolean): Promise<void> {
    if (active && !(await this.options.files.read(flow)))
      throw new HeddleError("not-found", { kind: "flow", name: flow });
    if (active) this.store.activate(flow, Date.now());
    else this.store.deactivate(flow);
    await this.refresh(flow);
  }

  async refresh(flow: string): Promise<void> {
    await this.follow(await this.watcher.look(flow));
    this.changed();
  }

  async refreshAll(): Promise<void> {
    await this.watcher.readAll();
    await this.followAll();
    this.changed();
  }

  call(call: WebhookCall, signal: AbortSignal): Promise<WebhookAnswer> {
    const { secrets, runs } = this.options;
    const webhooks = () => activeWebhooks(this.watcher.list());
    const start = (call: Start) => this.ledger.fire(keyed("webhook", call));
    return answerCall(call, { webhooks, secrets, runs, start }, signal);
  }

  tools(): FlowTool[] {
    return activeTools(this.watcher.list());
  }

  async fire(start: Omit<Start, "text">): Promise<string> {
    const { flow, node } = start;
    const known = this.watcher.list().find(({ name, active }) => name === flow && active);
    const trigger = known?.running?.triggers.find(({ key }) => key === node);
    if (!trigger) throw new HeddleError("trigger.inactive", { path: `${flow}/${node}` });
    return this.ledger.fire(keyed(trigger.kind, start));
  }

  forget(before: number): void {
    this.store.forget(before);
  }

  close(): Promise<void> {
    return this.listeners.close();
  }

  private changed(): void {
    for (const listener of this.told) listener();
  }

  private async follow(flow: WatchedFlow): Promise<void> {
    if (this.options.listens) await this.listeners.follow(flow);
  }

  private async followAll(): Promise<void> {
    await Promise.all(this.watcher.list().map((flow) => this.follow(flow)));
  }
}

/** Keys of different triggers never meet. */
function keyed<T extends { flow: string; node: string; input: JsonValue; key?: string }>(kind: string, start: T): T {
  const { key, flow, node } = start;
  return key === undefined ? start : { ...start, key: `${kind}/${flow}/${node}/${key}` };
}

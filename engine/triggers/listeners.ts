import { fileWatchConfig, scheduleConfig } from "../../nodes/io/triggers.ts";
import { canonicalJson } from "../lib/canonical-json.ts";
import { HeddleError } from "../lib/errors/error.ts";
import { listenForFiles } from "./files.ts";
import type { Ledger } from "./ledger.ts";
import type { Firings, Listener } from "./listener.ts";
import { listenForTimes } from "./schedule.ts";
import type { TriggerStore } from "./trigger-store.ts";
import type { TriggerNode, WatchedFlow } from "./watched-flow.ts";

export interface ListenersOptions {
  store: TriggerStore;
  ledger: Ledger;
  folder: string;
  changed(): void;
}

interface Entry {
  /** The config that it listens with: another one needs another listener. */
  spec: string;
  listener: Listener | undefined;
}

/** What listens at this moment: one listener for each schedule and file watch of an active flow. */
export class Listeners {
  private readonly options: ListenersOptions;
  private readonly entries = new Map<string, Map<string, Entry>>();
  private readonly stopping = new Set<Promise<unknown>>();

  constructor(options: ListenersOptions) {
    this.options = options;
  }

  /**
   * Listens as the flow now says; resolves when it does. Listeners that stay as they are aren't touched. While the file is gone they rest.
   */
  async follow(flow: WatchedFlow): Promise<void> {
    const wanted = flow.active && flow.now ? (flow.running?.triggers ?? []) : [];
    const before = this.entries.get(flow.name) ?? new Map<string, Entry>();
    const after = new Map<string, Entry>();
    for (const trigger of wanted) {
      const spec = canonicalJson([trigger.kind, trigger.config]);
      const known = before.get(trigger.key);
      if (known?.spec === spec) after.set(trigger.key, known);
      else after.set(trigger.key, { spec, listener: this.start(flow.name, trigger, spec) });
    }
    for (const [key, entry] of before) if (after.get(key) !== entry) this.stop(entry);
    this.entries.set(flow.name, after);
    for (const { listener } of after.values()) await listener?.ready;
  }

  async close(): Promise<void> {
    for (const entries of this.entries.values()) for (const entry of entries.values()) this.stop(entry);
    this.entries.clear();
    await Promise.allSettled(this.stopping);
  }

  private stop({ listener }: Entry): void {
    const stopped = Promise.resolve(listener?.stop());
    this.stopping.add(stopped);
    void stopped.finally(() => this.stopping.delete(stopped));
  }

  /** Undefined for what needs nobody to listen: calls come to the server by themselves. */
  private start(flow: string, trigger: TriggerNode, spec: string): Listener | undefined {
    const firings = this.firings(flow, trigger);
    try {
      switch (trigger.kind) {
        case "schedule":
          return listenForTimes(scheduleConfig.parse(trigger.config), this.memory(flow, trigger, spec), firings);
        case "files":
          return listenForFiles(this.options.folder, fileWatchConfig.parse(trigger.config), firings);
        case "manual":
        case "chat":
        case "webhook":
        case "mcp":
          return undefined;
      }
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      firings.fail(new HeddleError("trigger.config", { node: trigger.key, detail }, { cause }));
    }
  }

  private firings(flow: string, { key: node, kind }: TriggerNode): Firings {
    const { ledger, store, changed } = this.options;
    return {
      fire: ({ key, input }) => ledger.fire({ flow, node, input, key: `${kind}/${flow}/${node}/${key}` }),
      fail(error) {
        store.markFailed(flow, node, error.toJSON());
        changed();
      },
    };
  }

  private memory(flow: string, { key: node }: TriggerNode, schedule: string) {
    const { store } = this.options;
    return {
      checked: () => store.checked(flow, node, schedule),
      check: (until: number) => store.check(flow, node, { schedule, until }),
    };
  }
}

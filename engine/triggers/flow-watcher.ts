import { HeddleError } from "../lib/errors/error.ts";
import type { FlowText } from "../store/project/flow-files.ts";
import type { TriggerStore } from "./trigger-store.ts";
import type { FlowReading, WatchedFlow } from "./watched-flow.ts";

/** The project's flow files. */
export interface FlowSourceFiles {
  list(): Promise<FlowText[]>;
  /** Undefined for a flow that isn't there. */
  read(name: string): Promise<FlowText | undefined>;
}

export interface FlowWatcherOptions {
  store: TriggerStore;
  files: FlowSourceFiles;
  read(text: string, name: string): FlowReading;
}

/**
 * Knows each flow file and what runs of it. A file that gets errors doesn't stop what listens: the last text without any goes on, and is
 * kept over restarts. Any change without errors counts at once.
 */
export class FlowWatcher {
  private readonly options: FlowWatcherOptions;
  private readonly flows = new Map<string, WatchedFlow & { text?: string }>();

  constructor(options: FlowWatcherOptions) {
    this.options = options;
  }

  list(): WatchedFlow[] {
    return [...this.flows.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The flow as it runs now. @throws HeddleError `not-found`, or why it can't run */
  running(name: string): FlowReading {
    const known = this.flows.get(name);
    const reading = known?.running ?? known?.now;
    if (!reading) throw new HeddleError("not-found", { kind: "flow", name });
    return reading;
  }

  /** Reads every flow, also what was read already: the node types may be other ones. */
  async readAll(): Promise<void> {
    this.flows.clear();
    const files = await this.options.files.list();
    const active = this.options.store.active().map(({ flow }) => flow);
    const texts = new Map(files.map(({ name, text }) => [name, text]));
    for (const name of new Set([...texts.keys(), ...active])) this.keep(name, texts.get(name));
  }

  /** Reads one flow's file again. */
  async look(name: string): Promise<WatchedFlow> {
    return this.keep(name, (await this.options.files.read(name))?.text);
  }

  private keep(name: string, text: string | undefined): WatchedFlow {
    const { store, read } = this.options;
    const entry = store.active().find(({ flow }) => flow === name);
    const before = this.flows.get(name);
    const now = text === undefined ? undefined : before?.text === text && before.now ? before.now : read(text, name);
    const good = now && !now.problem ? text : (entry?.good ?? undefined);
    const running = good === undefined ? undefined : good === text ? now : read(good, name);
    if (entry && good !== undefined && good !== entry.good) store.keepGood(name, good);
    const flow = {
      name,
      active: entry !== undefined,
      ...(now && { now }),
      ...(text !== undefined && { text }),
      ...(running && { running }),
    };
    if (now || flow.active) this.flows.set(name, flow);
    else this.flows.delete(name);
    return flow;
  }
}

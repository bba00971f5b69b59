import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Flow } from "../../flow/schema.ts";
import type { RunId } from "../../lib/ids.ts";
import { createCatalog } from "../../node/catalog.ts";
import { contractFlow } from "../../run/driver-contract.ts";
import type { DurableEvent, RunEvent } from "../../run/events.ts";
import { probeServices, type ProbeEntry } from "../../run/testing/probe.ts";
import { openDatabase, type Database } from "../database.ts";
import { createRunService, type RunService, type RunServiceOptions, type StartRequest } from "../run-service.ts";
import { RUN_NODES } from "./run-nodes.ts";

const catalog = createCatalog(RUN_NODES);

/** A run service in a folder of its own, for tests: flows in two lines, and ways to wait for what runs tell. */
export class ServiceDriver {
  readonly folder: string;
  /** What the nodes did. */
  readonly notes: ProbeEntry[] = [];
  private readonly options: Partial<RunServiceOptions>;
  database!: Database;
  service!: RunService;

  /** Without a folder it makes one, which `dispose` removes. */
  constructor(options: Partial<RunServiceOptions> = {}, folder = mkdtempSync(join(tmpdir(), "heddle-service-"))) {
    this.folder = folder;
    this.options = options;
    this.open();
  }

  open(): void {
    this.database = openDatabase({ path: join(this.folder, "runs.sqlite") });
    const services = probeServices((entry) => this.notes.push(entry));
    this.service = createRunService({ database: this.database, catalog, services, parkAfter: 20, ...this.options });
  }

  async shut(): Promise<void> {
    await this.service.close();
    this.database.close();
  }

  /** As the next start of the host does. */
  async reopen(): Promise<RunId[]> {
    await this.shut();
    this.open();
    return this.service.resumeUnfinished();
  }

  async dispose(): Promise<void> {
    await this.shut();
    rmSync(this.folder, { recursive: true });
  }

  start(flow: Flow | [nodes: string, edges: string], more: Partial<StartRequest> = {}): Promise<RunId> {
    const document = Array.isArray(flow) ? contractFlow(...flow) : flow;
    return this.service.start({ flow: document, name: "test", revision: "1", input: "in", ...more });
  }

  /** All events, or those until the one that is waited for. */
  async read(runId: string, until?: (event: RunEvent) => boolean, after = 0): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const event of this.service.events({ runId, after })) {
      events.push(event);
      if (until?.(event)) break;
    }
    return events;
  }

  async untilEvent<Type extends DurableEvent["type"]>(
    runId: string,
    type: Type,
    path?: string,
  ): Promise<DurableEvent & { type: Type }> {
    const matches = (event: RunEvent) =>
      event.type === type && (path === undefined || ("path" in event && event.path === path));
    const last = (await this.read(runId, matches)).at(-1)!;
    if (!matches(last)) throw new Error(`The run ended with ${JSON.stringify(last)}`);
    return last as DurableEvent & { type: Type };
  }

  async last(runId: string): Promise<RunEvent> {
    return (await this.read(runId)).at(-1)!;
  }

  /** How often each step executed. */
  executed(): Record<string, number> {
    const times: Record<string, number> = {};
    for (const { what, path } of this.notes) if (what === "executed") times[path] = (times[path] ?? 0) + 1;
    return times;
  }

  /** Whether the run has left memory. */
  isParked(runId: string): boolean {
    return this.database.sql.prepare("SELECT parked FROM runs WHERE id = ?").pluck().get(runId) === 1;
  }
}

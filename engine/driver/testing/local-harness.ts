import { createCatalog } from "../../node/catalog.ts";
import { CONTRACT_NODES } from "../../run/testing/nodes.ts";
import { probeServices } from "../../run/testing/probe.ts";
import type { ContractHarness, ContractResult, ContractRun } from "../../run/driver-contract.ts";
import { isDurable, type DurableEvent, type RunEvent } from "../../run/events.ts";
import { execute } from "../../run/execute.ts";
import { planOrThrow, type RunPlan } from "../../run/plan.ts";
import type { Journal } from "../journal.ts";
import { LocalDriver } from "../local-driver.ts";

/** Where the runs of a local harness are kept from one incarnation to the next. */
export interface JournalKeeper {
  /** Opens the run's journal anew, as a fresh process does. */
  open(runId: string): Journal;
  /** The durable events that can be read now. */
  events(runId: string): DurableEvent[];
  dispose(): void;
}

export interface LocalHarnessOptions {
  /** Without one nothing outlives a crash. */
  keeper?: JournalKeeper;
  /** Whether the completion at which the executor crashes is still recorded or lost with it. */
  crash?: "after-recording" | "before-recording";
}

/** Thrown by the journal in place of a kill: the executor gets no chance to do anything more. */
class Crash extends Error {}

const catalog = createCatalog(CONTRACT_NODES);

/** A harness for drivers of this process. */
export function localHarness(options: LocalHarnessOptions = {}): ContractHarness {
  return {
    run: (request) => new LocalRun(request, options).result(),
    dispose: async () => options.keeper?.dispose(),
  };
}

class LocalRun {
  private readonly request: ContractRun;
  private readonly options: LocalHarnessOptions;
  private readonly startedAt = Date.now();
  private readonly cancel = new AbortController();
  private readonly told: RunEvent[] = [];
  private readonly notes: ContractResult["notes"][number][] = [];
  private readonly crashes: DurableEvent[][] = [];
  /** Where the run has waited so far. */
  private readonly waited = new Set<string>();
  private completions = 0;

  constructor(request: ContractRun, options: LocalHarnessOptions) {
    this.request = request;
    this.options = options;
  }

  async result(): Promise<ContractResult> {
    const { flow, flows } = this.request;
    const plan = planOrThrow(flow, catalog, { ...(flows && { flows }) });
    for (const limit of [...(this.request.crashAfter ?? []), Infinity]) {
      if (await this.incarnation(plan, limit)) break;
      this.crashes.push(this.readEvents());
    }
    const { told, notes, crashes, completions } = this;
    return { told, notes, crashes, completions, events: this.readEvents() };
  }

  /** Goes on with the run. False when it crashed at the limit of recorded completions. */
  private async incarnation(plan: RunPlan, limit: number): Promise<boolean> {
    const { runId, input, debug, answers = {} } = this.request;
    const { keeper } = this.options;
    for (const missed of keeper?.events(runId).slice(this.lastSeq()) ?? []) this.hear(missed);
    const journal = keeper && this.crashing(keeper.open(runId), limit);
    const driver: LocalDriver = new LocalDriver({
      startedAt: this.startedAt,
      now: Date.now,
      signal: this.cancel.signal,
      publish: (event) => this.hear(event, driver),
      answers: new Map(Object.entries(answers).filter(([path]) => this.waited.has(path))),
      ...(journal && { journal }),
    });
    const incarnation = this.crashes.length;
    let alive = true;
    const services = probeServices((entry) => alive && this.notes.push({ ...entry, incarnation }));
    try {
      await execute(plan, { runId, flow: "contract", revision: "1", input, services, driver, ...(debug && { debug }) });
      return true;
    } catch (thrown) {
      if (!(thrown instanceof Crash)) throw thrown;
      alive = false;
      driver.interrupt();
      return false;
    }
  }

  private crashing(journal: Journal, limit: number): Journal {
    let recorded = countOf(journal.recorded());
    const { crash = "after-recording" } = this.options;
    return {
      recorded: () => journal.recorded(),
      lastSeq: journal.lastSeq,
      append: (turn) => {
        recorded += turn.told.length;
        if (recorded >= limit && crash === "before-recording") throw new Crash();
        journal.append(turn);
        this.completions = recorded;
        if (recorded >= limit) throw new Crash();
      },
    };
  }

  private hear(event: RunEvent, driver?: LocalDriver): void {
    this.told.push(event);
    if (event.type === "step.waiting") this.answer(event.path, driver);
    const { cancelAt } = this.request;
    if (cancelAt?.type !== event.type) return;
    if (cancelAt.path === undefined || ("path" in event && event.path === cancelAt.path)) this.cancel.abort();
  }

  /** Sends the answer from outside, behind what is being told now. */
  private answer(path: string, driver: LocalDriver | undefined): void {
    this.waited.add(path);
    const value = this.request.answers?.[path];
    if (value !== undefined) queueMicrotask(() => driver?.answer(path, value));
  }

  private lastSeq(): number {
    return this.told.findLast(isDurable)?.seq ?? 0;
  }

  private readEvents(): DurableEvent[] {
    return this.options.keeper?.events(this.request.runId) ?? this.told.filter(isDurable);
  }
}

function countOf(recorded: Iterator<unknown>): number {
  let count = 0;
  while (!recorded.next().done) count++;
  return count;
}

import { randomUUID } from "node:crypto";
import { checkAnswer } from "../../run/check-answer.ts";
import { HeddleError } from "../../lib/errors/error.ts";
import { asRunId, type RunId } from "../../lib/ids.ts";
import type { JsonValue } from "../../lib/json.ts";
import type { Wait } from "../../node/operation.ts";
import { collectFlows } from "../../run/plan.ts";
import type { DurableEvent, RunEvent } from "../../run/events.ts";
import type { Flow } from "../../flow/schema.ts";
import type {
  OpenWait,
  OutsideEvent,
  PrunePolicy,
  RunService,
  RunServiceOptions,
  StartRequest,
} from "../run-service.ts";
import type { PinnedFlow, RunSummary, StoredRun } from "../runs.ts";
import { EventQueue } from "./event-queue.ts";
import { LiveRuns } from "./live-runs.ts";
import { NewRuns } from "./new-runs.ts";
import { Plans } from "./plans.ts";
import { replayRun } from "./replay-run.ts";
import { openRunStores, type RunStores } from "./run-stores.ts";

/** Runs and their records in one database. What is under way is LiveRuns'. */
export class LocalRunService implements RunService {
  private readonly options: RunServiceOptions;
  private readonly stores: RunStores;
  private readonly newRuns: NewRuns;
  private readonly plans: Plans;
  private readonly live: LiveRuns;

  constructor(options: RunServiceOptions) {
    this.options = options;
    let live: LiveRuns | undefined;
    this.stores = openRunStores(options.database, () => live?.handOver());
    this.newRuns = new NewRuns(options.database, this.stores.runs);
    this.plans = new Plans(options.catalog);
    this.live = live = new LiveRuns(this.stores, this.plans, options);
  }

  async start(request: StartRequest): Promise<RunId> {
    const { idempotencyKey, flow } = request;
    const { runs } = this.stores;
    const known = idempotencyKey === undefined ? undefined : runs.byKey(idempotencyKey);
    if (known) return known.runId;
    const pinned = { flow, flows: await this.readFlows(flow) };
    const plan = this.plans.of(runs.versionOf(pinned), () => pinned);
    const run = await this.newRuns.add({ ...request, ...pinned, runId: asRunId(randomUUID()), startedAt: Date.now() });
    if (!run) return runs.byKey(idempotencyKey!)!.runId;
    await this.live.begin(run, plan);
    return run.runId;
  }

  async *events(query: { runId: string; after?: number; signal?: AbortSignal }): AsyncIterable<RunEvent> {
    const { runId, after = 0, signal } = query;
    const run = this.find(runId);
    const queue = new EventQueue(after);
    for (const event of this.stores.turns.events(run, after)) queue.take(event);
    const leave = this.live.watch(run, queue);
    if (!leave) queue.end();
    const stop = () => queue.end();
    signal?.addEventListener("abort", stop);
    try {
      if (!signal?.aborted) yield* queue.read();
    } finally {
      signal?.removeEventListener("abort", stop);
      leave?.();
    }
  }

  async answer({ runId, path, value }: { runId: string; path: string; value: JsonValue }): Promise<void> {
    this.stores.turns.foldIfPossible();
    const run = this.find(runId);
    const asked = this.waits({ runId }).find((wait) => wait.path === path);
    if (!asked) throw new HeddleError("run.not-waiting", { path });
    const answered = { run: run.number, path, value: checkAnswer(asked.wait, value) };
    if (!this.stores.mailbox.answer(answered)) throw new HeddleError("run.not-waiting", { path });
    this.live.hand([answered]);
  }

  async send(event: OutsideEvent): Promise<number> {
    if (event.event.trim() === "") throw new HeddleError("run.event-nameless");
    this.stores.turns.foldIfPossible();
    const given = this.stores.mailbox.send(event);
    this.live.hand(given);
    return given.length;
  }

  waits(query: { kind?: Wait["kind"]; runId?: string } = {}): OpenWait[] {
    this.stores.turns.foldIfPossible();
    return this.stores.mailbox.list(query);
  }

  watchWaits(listener: () => void): () => void {
    return this.stores.mailbox.watch(listener);
  }

  recorded(runId: string): DurableEvent[] {
    return [...this.stores.turns.events(this.find(runId), 0)];
  }

  value({ runId, digest }: { runId: string; digest: string }): JsonValue {
    this.stores.turns.foldIfPossible();
    const { number } = this.find(runId);
    const { values, retention } = this.stores;
    if (!values || !retention.holds(number, digest))
      throw new HeddleError("not-found", { kind: "value", name: digest });
    return values.read(digest);
  }

  async replay(runId: string): Promise<{ runId: RunId; diverged?: string }> {
    return replayRun(this.ended(runId), this.stores, this.options);
  }

  remove(runId: string): void {
    const run = this.ended(runId);
    this.stores.retention.remove(run);
    this.stores.runs.removeUnusedFlows();
  }

  prune(policy: PrunePolicy): number {
    this.stores.turns.fold();
    return this.stores.retention.prune(policy, this.stores.values);
  }

  async cancel(runId: string): Promise<void> {
    this.stores.turns.foldIfPossible();
    const run = this.find(runId);
    if (!run.ended) await this.live.cancel(run);
  }

  list(query: { flow?: string; limit?: number } = {}): RunSummary[] {
    this.stores.turns.foldIfPossible();
    return this.stores.runs.list(query);
  }

  flowOf(runId: string): Flow {
    return this.pinned(this.find(runId)).flow;
  }

  flowsOf(runId: string): Readonly<Record<string, Flow>> {
    return this.pinned(this.find(runId)).flows;
  }

  resumeUnfinished(): RunId[] {
    this.stores.turns.foldIfPossible();
    return this.live.resumeAll(this.stores.runs.unfinished());
  }

  settled(): Promise<void> {
    return this.live.settled();
  }

  async close(): Promise<void> {
    await this.live.close();
    this.stores.turns.close();
  }

  private find(runId: string): StoredRun {
    const run = this.stores.runs.find(runId);
    if (!run) throw new HeddleError("not-found", { kind: "run", name: runId });
    return run;
  }

  private ended(runId: string): StoredRun {
    this.stores.turns.fold();
    const run = this.find(runId);
    if (!run.ended) throw new HeddleError("run.still-running", { run: runId });
    return run;
  }

  private pinned(run: StoredRun): PinnedFlow {
    return this.stores.runs.flowOf(run.runId)!;
  }

  private async readFlows(flow: Flow): Promise<Readonly<Record<string, Flow>>> {
    const { flows, catalog } = this.options;
    return flows ? collectFlows(flow, catalog, flows) : {};
  }
}

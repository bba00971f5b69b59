import { randomUUID } from "node:crypto";
import { createSqliteDriver } from "../driver/sqlite-driver.ts";
import { TurnStore } from "../driver/sqlite-journal.ts";
import type { Flow } from "../flow/schema.ts";
import { HeddleError } from "../lib/errors/error.ts";
import { asRunId, type RunId } from "../lib/ids.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import type { NodeServices } from "../node/services.ts";
import type { Wait } from "../node/operation.ts";
import type { DebugOptions } from "../run/debug.ts";
import type { DurableEvent, RunEvent } from "../run/events.ts";
import { execute } from "../run/execute.ts";
import { planOrThrow, type RunPlan } from "../run/plan.ts";
import type { Database } from "./database.ts";
import { EventQueue } from "./event-queue.ts";
import { LiveRun } from "./live-run.ts";
import { RunStore, type RunSummary, type StoredRun } from "./runs.ts";

export interface StartRequest {
  flow: Flow;
  /** What the CLI and endpoints call the flow: the file's name without `.flow.yaml`. */
  name: string;
  /** Digest of the file's bytes. */
  revision: string;
  input: JsonValue;
  /** The trigger that the run begins with; left out: the one for runs by hand. */
  trigger?: string;
  debug?: DebugOptions;
  /** The run that this one was made from. */
  origin?: RunOrigin;
  /** A second start with the same key returns the first one's run: what makes a schedule or a webhook fire exactly once. */
  idempotencyKey?: string;
}

export interface RunOrigin {
  runId: string;
  kind: "fork" | "replay" | "child";
}

/** An event from outside that runs may wait for. */
export interface OutsideEvent {
  event: string;
  /** Correlation key: only waits that name the same one are woken. */
  key?: string;
  payload: JsonValue;
  /** The same id counts once. */
  id?: string;
}

/** Which ended runs are removed: those older than `days`, and of each flow the oldest beyond `runs`. */
export interface PrunePolicy {
  days?: number;
  runs?: number;
}

export interface RunServiceOptions {
  database: Database;
  catalog: Catalog;
  services: NodeServices;
  /** The project's flows, for steps that run one; read when a run starts, and kept with it. */
  flows?(name: string): Promise<Flow | undefined>;
}

/** What a run waits for now. */
export interface OpenWait {
  runId: string;
  flow: string;
  path: string;
  node: string;
  wait: Wait;
  since: number;
  until?: number;
}

/** Runs flows in this process, durably. */
export interface RunService {
  /** Returns once `run.started` is recorded. @throws HeddleError `run.not-runnable`, `store.*` */
  start(request: StartRequest): Promise<RunId>;
  /**
   * Recorded events after `after` (0: all), then live ones until the run ends: no durable event is missed or given twice. A run that isn't under way here
   * ends with its last recorded event. @throws HeddleError `not-found`, `run.interrupted`, `store.*`
   */
  events(query: { runId: string; after?: number; signal?: AbortSignal }): AsyncIterable<RunEvent>;
  /**
   * Answers a wait of a run (a task, a breakpoint), waking it if it rests. @throws HeddleError `not-found`, `run.not-waiting` when nothing
   * waits there (any more), `run.answer-invalid` (checkAnswer of engine/run) when it doesn't fit what is asked
   */
  answer(answer: { runId: string; path: string; value: JsonValue }): Promise<void>;
  /** Wakes the runs that wait for an event; returns how many. One that nobody waits for is kept for a day. */
  send(event: OutsideEvent): Promise<number>;
  /** What runs wait for now, oldest first. */
  waits(query?: { kind?: Wait["kind"]; runId?: string }): OpenWait[];
  /** Tells whenever `waits` may have changed; returns the way to leave. */
  watchWaits(listener: () => void): () => void;
  /** All recorded events of a run. @throws HeddleError `not-found` */
  recorded(runId: string): DurableEvent[];
  /** The whole of a large value that the run's events name. @throws HeddleError `not-found` */
  value(query: { runId: string; digest: string }): JsonValue;
  /** Plays a recorded run again from its journal as a run of its own, executing nothing. */
  replay(runId: string): Promise<{ runId: RunId; diverged?: string }>;
  /** Removes a run that has ended. @throws HeddleError `not-found`, `run.still-running` */
  remove(runId: string): void;
  /** Removes old runs, and large values that no run holds any more; returns how many runs. */
  prune(policy: PrunePolicy): number;
  /** Ends the run with `run.cancelled`. One that has ended stays as it is. @throws HeddleError `not-found` */
  cancel(runId: string): Promise<void>;
  /** The newest first. */
  list(query?: { flow?: string; limit?: number }): RunSummary[];
  /** The flow as it was when the run started. @throws HeddleError `not-found` */
  flowOf(runId: string): Flow;
  /** Goes on with every run that an earlier process left unfinished. Returns their ids. */
  resumeUnfinished(): RunId[];
  /** Stops what is under way, to be resumed later. Resolves when nothing of it is in flight. */
  close(): Promise<void>;
}

export function createRunService(options: RunServiceOptions): RunService {
  return new SqliteRunService(options);
}

class SqliteRunService implements RunService {
  private readonly options: RunServiceOptions;
  private readonly runs: RunStore;
  private readonly turns: TurnStore;
  private readonly live = new Map<string, LiveRun>();

  constructor(options: RunServiceOptions) {
    this.options = options;
    this.runs = new RunStore(options.database);
    this.turns = new TurnStore(options.database.sql);
  }

  async start({ flow, name, revision, input }: StartRequest): Promise<RunId> {
    const plan = planOrThrow(flow, this.options.catalog);
    const runId = asRunId(randomUUID());
    this.carryOut(this.runs.add({ flow, runId, name, revision, input, startedAt: Date.now() }), plan);
    return runId;
  }

  async *events({
    runId,
    after = 0,
    signal,
  }: {
    runId: string;
    after?: number;
    signal?: AbortSignal;
  }): AsyncIterable<RunEvent> {
    const run = this.find(runId);
    const queue = new EventQueue(after);
    for (const event of this.turns.events(run, after)) queue.take(event);
    const leave = this.live.get(runId)?.watch(queue);
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

  async cancel(runId: string): Promise<void> {
    const run = this.find(runId);
    if (run.ended) return;
    const live = this.live.get(runId) ?? this.resume(run);
    live?.abort.abort();
    await live?.over;
  }

  list(query: { flow?: string; limit?: number } = {}): RunSummary[] {
    return this.runs.list(query);
  }

  flowOf(runId: string): Flow {
    return this.runs.flowOf(this.find(runId).runId)!;
  }

  resumeUnfinished(): RunId[] {
    const left = this.runs.unfinished().filter((run) => !this.live.has(run.runId));
    return left.flatMap((run) => (this.resume(run) ? [run.runId] : []));
  }

  async close(): Promise<void> {
    const all = [...this.live.values()];
    for (const live of all) live.driver?.interrupt();
    await Promise.all(all.map((live) => live.over));
  }

  private find(runId: string): StoredRun {
    const run = this.runs.find(runId);
    if (!run) throw new HeddleError("not-found", { kind: "run", name: runId });
    return run;
  }

  /** Undefined when the flow can no longer be planned: the run then ends as failed. */
  private resume(run: StoredRun): LiveRun | undefined {
    try {
      return this.carryOut(run, planOrThrow(this.runs.flowOf(run.runId)!, this.options.catalog));
    } catch (thrown) {
      this.giveUp(run, thrown);
      return undefined;
    }
  }

  private carryOut(run: StoredRun, plan: RunPlan): LiveRun {
    const live = new LiveRun();
    const publish = (event: RunEvent) => live.publish(event);
    const { runId, name, revision, input, startedAt } = run;
    const { signal } = live.abort;
    const driver = createSqliteDriver({ turns: this.turns, run, startedAt, signal, publish });
    live.driver = driver;
    this.live.set(runId, live);
    const request = { runId, flow: name, revision, input, services: this.options.services, driver };
    live.over = execute(plan, request).then(
      () => this.ended(runId, live),
      (failure: unknown) => this.stopped(run, live, failure),
    );
    return live;
  }

  private ended(runId: RunId, live: LiveRun, failure?: unknown): void {
    this.live.delete(runId);
    live.end(failure);
  }

  /** The driver failed. Trouble with the database or closing leaves the run to be resumed; anything else would only fail again. */
  private stopped(run: StoredRun, live: LiveRun, failure: unknown): void {
    live.driver?.interrupt();
    this.ended(run.runId, live, resumable(failure) ? failure : this.giveUp(run, failure, live));
  }

  private giveUp(run: StoredRun, failure: unknown, live?: LiveRun): unknown {
    const journal = this.turns.journal(run);
    const error = HeddleError.from(failure).toJSON();
    const event: RunEvent = { type: "run.failed", runId: run.runId, seq: journal.lastSeq + 1, at: Date.now(), error };
    journal.append([], [event]);
    live?.publish(event);
    return undefined;
  }
}

function resumable(failure: unknown): boolean {
  return failure instanceof HeddleError && (failure.code === "run.interrupted" || failure.code.startsWith("store."));
}

import type { Flow } from "../flow/schema.ts";
import type { RunId } from "../lib/ids.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Catalog } from "../node/catalog.ts";
import type { NodeServices } from "../node/services.ts";
import type { Wait } from "../node/operation.ts";
import type { DebugOptions } from "../run/debug.ts";
import type { DurableEvent, RunEvent } from "../run/events.ts";
import type { Database } from "./database.ts";
import { LocalRunService } from "./run/local-run-service.ts";
import type { RunSummary } from "./runs.ts";

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
  /** How long a run that only waits stays in memory, in milliseconds; default half a second. */
  parkAfter?: number;
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
  /**
   * Plays a recorded run again from its journal as a run of its own, executing nothing. `diverged` is where it went another way than
   * recorded. @throws HeddleError `not-found`, `run.still-running`, `run.not-runnable`
   */
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
  /** The flows that the run's steps may run, by name, as they were when it started. @throws HeddleError `not-found` */
  flowsOf(runId: string): Readonly<Record<string, Flow>>;
  /** Goes on with every run that an earlier process left unfinished. Returns their ids. */
  resumeUnfinished(): RunId[];
  /** Resolves when every run that is under way here has ended or only waits. */
  settled(): Promise<void>;
  /** Stops what is under way, to be resumed later. Resolves when nothing of it is in flight. */
  close(): Promise<void>;
}

export function createRunService(options: RunServiceOptions): RunService {
  return new LocalRunService(options);
}

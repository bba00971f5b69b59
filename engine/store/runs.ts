import { createHash } from "node:crypto";
import type { Flow } from "../flow/schema.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import { asRunId, type RunId } from "../lib/ids.ts";
import type { JsonValue } from "../lib/json.ts";
import type { DebugOptions } from "../run/debug.ts";
import type { RunState } from "../run/events.ts";
import type { Database } from "./database.ts";
import { prepareRuns, type RunRow } from "./run-rows.ts";
import type { RunOrigin } from "./run-service.ts";

/** What a list of runs shows of each. Times in ms since 1970. */
export interface RunSummary {
  runId: RunId;
  flow: string;
  state: RunState;
  startedAt: number;
  endedAt?: number;
  inputTokens: number;
  outputTokens: number;
  error?: SerializedError;
  trigger?: string;
  origin?: RunOrigin;
}

/** A run as it was started. */
export interface StoredRun {
  /** Its number in the database: where its turns are. */
  number: number;
  runId: RunId;
  name: string;
  revision: string;
  input: JsonValue;
  startedAt: number;
  trigger?: string;
  debug?: DebugOptions;
  origin?: RunOrigin;
  /** What stands for the flow and the flows that it runs: the same for runs of the same. */
  version: string;
  ended: boolean;
}

/** A flow as it runs, with the flows that it runs by name. */
export interface PinnedFlow {
  flow: Flow;
  flows: Readonly<Record<string, Flow>>;
}

export type NewRun = Omit<StoredRun, "number" | "ended" | "version"> & PinnedFlow & { idempotencyKey?: string };

/** The runs of a database. All methods @throw HeddleError `store.*` */
export class RunStore {
  private readonly database: Database;
  private readonly statements: ReturnType<typeof prepareRuns>;
  private readonly documents = new WeakMap<Flow, { digest: string; document: string }>();
  /** Flows whose text is in the database. */
  private kept = new WeakSet<Flow>();

  constructor(database: Database) {
    this.database = database;
    this.statements = database.guard(prepareRuns);
  }

  /** Undefined when a run has the idempotency key already. */
  add(run: NewRun): StoredRun | undefined {
    const { runId, name, revision, input, startedAt, trigger, debug, origin, idempotencyKey } = run;
    return this.database.guard(() => {
      for (const flow of [run.flow, ...Object.values(run.flows)]) this.keepFlow(flow);
      const { version, flows } = this.digestsOf(run);
      const added = this.statements.add.run({
        id: runId,
        flow: name,
        revision,
        version,
        flows,
        input: JSON.stringify(input),
        started_at: startedAt,
        entry: trigger ?? null,
        debug: debug ? JSON.stringify(debug) : null,
        origin: origin ? JSON.stringify(origin) : null,
        idempotency_key: idempotencyKey ?? null,
      });
      if (added.changes === 0) return undefined;
      return {
        number: Number(added.lastInsertRowid),
        runId,
        name,
        revision,
        input,
        startedAt,
        version: version + flows,
        ended: false,
        ...(trigger !== undefined && { trigger }),
        ...(debug && { debug }),
        ...(origin && { origin }),
      };
    });
  }

  /** What stands for a flow and the flows that it runs. */
  versionOf(pinned: PinnedFlow): string {
    const { version, flows } = this.digestsOf(pinned);
    return version + flows;
  }

  find(runId: string): StoredRun | undefined {
    return this.one(() => this.statements.find.get(runId));
  }

  byNumber(number: number): StoredRun | undefined {
    return this.one(() => this.statements.byNumber.get(number));
  }

  byKey(idempotencyKey: string): StoredRun | undefined {
    return this.one(() => this.statements.byKey.get(idempotencyKey));
  }

  /** Runs that have not ended and don't rest, or rest with an answer that came meanwhile; oldest first. */
  unfinished(): StoredRun[] {
    return this.database.guard(() => this.statements.unfinished.all().map(stored));
  }

  /** Whether the run left memory until its waits are over. */
  isParked(number: number): boolean {
    return this.database.guard(() => this.statements.isParked.get(number)) !== undefined;
  }

  park(number: number, wakeAt: number | undefined): void {
    this.database.guard(() => this.statements.park.run(wakeAt ?? null, number));
  }

  unpark(number: number): void {
    this.database.guard(() => this.statements.unpark.run(number));
  }

  /** Parked runs whose time or answer has come. */
  due(now: number, limit: number): StoredRun[] {
    return this.database.guard(() => this.statements.due.all(now, limit).map(stored));
  }

  /** When the first parked run wakes by itself. */
  nextWake(): number | undefined {
    return this.database.guard(() => this.statements.nextWake.get())?.at ?? undefined;
  }

  /** The flow as it was when the run started, with the flows that it runs. */
  flowOf(runId: string): PinnedFlow | undefined {
    return this.database.guard(() => {
      const row = this.statements.find.get(runId);
      if (!row) return undefined;
      const flows = Object.entries(JSON.parse(row.flows) as Record<string, string>);
      return {
        flow: this.version(row.version),
        flows: Object.fromEntries(flows.map(([name, digest]) => [name, this.version(digest)])),
      };
    });
  }

  /** The newest first. */
  list({ flow, limit = 50 }: { flow?: string; limit?: number }): RunSummary[] {
    const { list, listOfFlow } = this.statements;
    const rows = () => (flow === undefined ? list.all(limit) : listOfFlow.all(flow, limit));
    return this.database.guard(() => rows().map(summary));
  }

  /** Ended runs that a policy removes. */
  outdated({ before, runs }: { before?: number; runs?: number }): StoredRun[] {
    return this.database.guard(() =>
      this.statements.outdated.all({ before: before ?? null, runs: runs ?? null }).map(stored),
    );
  }

  remove(number: number): void {
    this.database.guard(() => this.statements.remove.run(number));
  }

  /** Removes flows that no run has any more. */
  removeUnusedFlows(): void {
    this.kept = new WeakSet();
    this.database.guard(() => this.statements.removeVersions.run());
  }

  private one(find: () => RunRow | undefined): StoredRun | undefined {
    const row = this.database.guard(find);
    return row && stored(row);
  }

  private version(digest: string): Flow {
    return JSON.parse(this.statements.version.get(digest)!.document) as Flow;
  }

  private digestsOf({ flow, flows }: PinnedFlow): { version: string; flows: string } {
    const used = Object.entries(flows).map(([name, one]) => [name, this.documentOf(one).digest]);
    return { version: this.documentOf(flow).digest, flows: JSON.stringify(Object.fromEntries(used)) };
  }

  private keepFlow(flow: Flow): void {
    if (this.kept.has(flow)) return;
    const { digest, document } = this.documentOf(flow);
    this.statements.keepVersion.run(digest, document);
    this.kept.add(flow);
  }

  private documentOf(flow: Flow): { digest: string; document: string } {
    const known = this.documents.get(flow);
    if (known) return known;
    const document = JSON.stringify(flow);
    const made = { document, digest: createHash("sha256").update(document).digest("hex") };
    this.documents.set(flow, made);
    return made;
  }
}

function stored(row: RunRow): StoredRun {
  return {
    number: row.number,
    runId: asRunId(row.id),
    name: row.flow,
    revision: row.revision,
    input: JSON.parse(row.input) as JsonValue,
    startedAt: row.started_at,
    version: row.version + row.flows,
    ended: row.ended_at !== null,
    ...(row.entry !== null && { trigger: row.entry }),
    ...(row.debug !== null && { debug: JSON.parse(row.debug) as DebugOptions }),
    ...(row.origin !== null && { origin: JSON.parse(row.origin) as RunOrigin }),
  };
}

function summary(row: RunRow): RunSummary {
  return {
    runId: asRunId(row.id),
    flow: row.flow,
    state: row.state,
    startedAt: row.started_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    ...(row.error !== null && { error: JSON.parse(row.error) as SerializedError }),
    ...(row.entry !== null && { trigger: row.entry }),
    ...(row.origin !== null && { origin: JSON.parse(row.origin) as RunOrigin }),
  };
}

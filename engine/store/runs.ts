import { createHash } from "node:crypto";
import type Sqlite from "better-sqlite3";
import type { Flow } from "../flow/schema.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import { asRunId, type RunId } from "../lib/ids.ts";
import type { JsonValue } from "../lib/json.ts";
import type { RunState } from "../run/events.ts";
import type { Database } from "./database.ts";

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
}

/** A run as it was started, with the flow that it runs. */
export interface StoredRun {
  /** Its number in the database: where its turns are. */
  number: number;
  runId: RunId;
  name: string;
  revision: string;
  input: JsonValue;
  startedAt: number;
  ended: boolean;
}

interface RunRow {
  number: number;
  id: string;
  flow: string;
  revision: string;
  version: string;
  input: string;
  state: RunState;
  started_at: number;
  ended_at: number | null;
  error: string | null;
  input_tokens: number;
  output_tokens: number;
}

interface ListQuery {
  flow: string | null;
  limit: number;
}

export type NewRun = Omit<StoredRun, "number" | "ended"> & { flow: Flow };

/** The runs of a database. All methods @throw HeddleError `store.*` */
export class RunStore {
  private readonly database: Database;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly digests = new WeakMap<Flow, string>();

  constructor(database: Database) {
    this.database = database;
    this.statements = database.guard(prepare);
  }

  add(run: NewRun): StoredRun {
    const { flow, runId, name, revision, input, startedAt } = run;
    return this.database.guard(() => {
      const version = this.keepVersion(flow);
      const added = this.statements.add.run(runId, name, revision, version, JSON.stringify(input), startedAt);
      return { number: Number(added.lastInsertRowid), runId, name, revision, input, startedAt, ended: false };
    });
  }

  find(runId: string): StoredRun | undefined {
    const row = this.database.guard(() => this.statements.find.get(runId));
    return row && stored(row);
  }

  /** Runs that have not ended, oldest first. */
  unfinished(): StoredRun[] {
    return this.database.guard(() => this.statements.unfinished.all().map(stored));
  }

  /** The flow as it was when the run started. */
  flowOf(runId: string): Flow | undefined {
    const row = this.database.guard(() => this.statements.flowOf.get(runId));
    return row && (JSON.parse(row.document) as Flow);
  }

  /** The newest first. */
  list({ flow, limit = 50 }: { flow?: string; limit?: number }): RunSummary[] {
    return this.database.guard(() => this.statements.list.all({ flow: flow ?? null, limit }).map(summary));
  }

  private keepVersion(flow: Flow): string {
    const known = this.digests.get(flow);
    if (known) return known;
    const document = JSON.stringify(flow);
    const digest = createHash("sha256").update(document).digest("hex");
    this.statements.keepVersion.run(digest, document);
    this.digests.set(flow, digest);
    return digest;
  }
}

function prepare(sql: Sqlite.Database) {
  return {
    add: sql.prepare<[string, string, string, string, string, number]>(
      "INSERT INTO runs (id, flow, revision, version, input, state, started_at) VALUES (?, ?, ?, ?, ?, 'running', ?)",
    ),
    find: sql.prepare<[string], RunRow>("SELECT * FROM runs WHERE id = ?"),
    unfinished: sql.prepare<[], RunRow>("SELECT * FROM runs WHERE ended_at IS NULL ORDER BY number"),
    flowOf: sql.prepare<[string], { document: string }>(
      "SELECT document FROM flow_versions JOIN runs ON runs.version = flow_versions.digest WHERE runs.id = ?",
    ),
    list: sql.prepare<[ListQuery], RunRow>(
      "SELECT * FROM runs WHERE :flow IS NULL OR flow = :flow ORDER BY number DESC LIMIT :limit",
    ),
    keepVersion: sql.prepare<[string, string]>("INSERT OR IGNORE INTO flow_versions (digest, document) VALUES (?, ?)"),
  };
}

function stored(row: RunRow): StoredRun {
  return {
    number: row.number,
    runId: asRunId(row.id),
    name: row.flow,
    revision: row.revision,
    input: JSON.parse(row.input) as JsonValue,
    startedAt: row.started_at,
    ended: row.ended_at !== null,
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
  };
}

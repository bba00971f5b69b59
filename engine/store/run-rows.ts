import type Sqlite from "better-sqlite3";
import type { RunState } from "../run/events.ts";

/** A row of `runs`. */
export interface RunRow {
  number: number;
  id: string;
  flow: string;
  revision: string;
  /** Digest of its flow; `flows` holds those of the flows that it runs, by name. */
  version: string;
  flows: string;
  input: string;
  state: RunState;
  started_at: number;
  ended_at: number | null;
  error: string | null;
  input_tokens: number;
  output_tokens: number;
  /** The trigger that it began with. */
  entry: string | null;
  debug: string | null;
  origin: string | null;
}

interface AddedRow {
  id: string;
  flow: string;
  revision: string;
  version: string;
  flows: string;
  input: string;
  started_at: number;
  entry: string | null;
  debug: string | null;
  origin: string | null;
  idempotency_key: string | null;
}

const OUTDATED = `
  SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY flow ORDER BY number DESC) AS place FROM runs)
  WHERE ended_at IS NOT NULL AND (ended_at < :before OR place > :runs)
`;

const WITHOUT_RUN = `
  DELETE FROM flow_versions WHERE digest NOT IN (
    SELECT version FROM runs UNION SELECT value FROM runs, json_each(runs.flows)
  )
`;

/** What is asked of the table of runs. */
export function prepareRuns(sql: Sqlite.Database) {
  return {
    add: sql.prepare<[AddedRow]>(
      `INSERT INTO runs (id, flow, revision, version, flows, input, state, started_at, entry, debug, origin, idempotency_key)
       VALUES (:id, :flow, :revision, :version, :flows, :input, 'running', :started_at, :entry, :debug, :origin, :idempotency_key)
       ON CONFLICT DO NOTHING`,
    ),
    find: sql.prepare<[string], RunRow>("SELECT * FROM runs WHERE id = ?"),
    byNumber: sql.prepare<[number], RunRow>("SELECT * FROM runs WHERE number = ?"),
    byKey: sql.prepare<[string], RunRow>("SELECT * FROM runs WHERE idempotency_key = ?"),
    unfinished: sql.prepare<[], RunRow>(
      `SELECT * FROM runs WHERE ended_at IS NULL
       AND (parked = 0 OR number IN (SELECT run FROM waits WHERE answer IS NOT NULL)) ORDER BY number`,
    ),
    isParked: sql.prepare<[number], { parked: number }>("SELECT parked FROM runs WHERE number = ? AND parked = 1"),
    park: sql.prepare<[number | null, number]>("UPDATE runs SET parked = 1, wake_at = ? WHERE number = ?"),
    unpark: sql.prepare<[number]>("UPDATE runs SET parked = 0, wake_at = NULL WHERE number = ?"),
    due: sql.prepare<[number, number], RunRow>(
      `SELECT * FROM runs WHERE wake_at <= ?
       OR (parked = 1 AND number IN (SELECT run FROM waits WHERE answer IS NOT NULL)) ORDER BY number LIMIT ?`,
    ),
    nextWake: sql.prepare<[], { at: number | null }>("SELECT min(wake_at) AS at FROM runs WHERE wake_at IS NOT NULL"),
    version: sql.prepare<[string], { document: string }>("SELECT document FROM flow_versions WHERE digest = ?"),
    list: sql.prepare<[number], RunRow>("SELECT * FROM runs ORDER BY number DESC LIMIT ?"),
    listOfFlow: sql.prepare<[string, number], RunRow>("SELECT * FROM runs WHERE flow = ? ORDER BY number DESC LIMIT ?"),
    outdated: sql.prepare<[{ before: number | null; runs: number | null }], RunRow>(OUTDATED),
    remove: sql.prepare<[number]>("DELETE FROM runs WHERE number = ?"),
    removeVersions: sql.prepare<[]>(WITHOUT_RUN),
    keepVersion: sql.prepare<[string, string]>("INSERT OR IGNORE INTO flow_versions (digest, document) VALUES (?, ?)"),
  };
}

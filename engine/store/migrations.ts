import { TURNS_SCHEMA } from "../driver/sqlite-journal.ts";

/**
 * The formats of the database: entry n lifts format n to n + 1. Never edited once released, only added to.
 * `flow_versions` keeps each flow as it ran, once, by its digest; a run's events and journal are its turns.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE flow_versions (
    digest TEXT PRIMARY KEY,
    document TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    flow TEXT NOT NULL,
    revision TEXT NOT NULL,
    version TEXT NOT NULL REFERENCES flow_versions (digest),
    input TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    error TEXT,
    input_tokens INTEGER NOT NULL DEFAULT 0,
    output_tokens INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX runs_unfinished ON runs (number) WHERE ended_at IS NULL;
  ${TURNS_SCHEMA}
  `,
];

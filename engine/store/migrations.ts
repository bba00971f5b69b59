import { TURNS_SCHEMA } from "../driver/turn-rows.ts";

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
  CREATE TABLE turns (
    id INTEGER PRIMARY KEY,
    last_seq INTEGER NOT NULL,
    completions TEXT NOT NULL,
    events TEXT NOT NULL
  ) STRICT;
  `,
  // Containers; turns in batches behind a log; sub-flows, triggers, debugging, waits, events from outside, large values.
  `
  UPDATE flow_versions SET document = json_set(document, '$.parents', json('{}'))
    WHERE json_type(document, '$.parents') IS NULL;

  ALTER TABLE turns RENAME TO old_turns;
  ${TURNS_SCHEMA}
  INSERT INTO turns
    SELECT id, last_seq, '{"completions":' || completions || ',"events":' || events || '}' FROM old_turns;
  DROP TABLE old_turns;

  ALTER TABLE runs ADD COLUMN flows TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE runs ADD COLUMN entry TEXT;
  ALTER TABLE runs ADD COLUMN debug TEXT;
  ALTER TABLE runs ADD COLUMN origin TEXT;
  ALTER TABLE runs ADD COLUMN idempotency_key TEXT;
  ALTER TABLE runs ADD COLUMN parked INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN wake_at INTEGER;
  CREATE UNIQUE INDEX runs_idempotency ON runs (idempotency_key) WHERE idempotency_key IS NOT NULL;
  CREATE INDEX runs_wake ON runs (wake_at) WHERE wake_at IS NOT NULL;
  CREATE INDEX runs_flow ON runs (flow, number);

  CREATE TABLE waits (
    run INTEGER NOT NULL,
    path TEXT NOT NULL,
    node TEXT NOT NULL,
    kind TEXT NOT NULL,
    wait TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    event TEXT,
    event_key TEXT,
    answer TEXT,
    PRIMARY KEY (run, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX waits_event ON waits (event) WHERE event IS NOT NULL AND answer IS NULL;
  CREATE INDEX waits_answered ON waits (run) WHERE answer IS NOT NULL;

  CREATE TABLE outside_events (
    number INTEGER PRIMARY KEY,
    id TEXT UNIQUE,
    event TEXT NOT NULL,
    event_key TEXT,
    payload TEXT NOT NULL,
    at INTEGER NOT NULL,
    delivered INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX outside_events_open ON outside_events (event) WHERE delivered = 0;
  CREATE INDEX outside_events_at ON outside_events (at);

  CREATE TABLE held_values (
    digest TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (digest, run)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX held_values_run ON held_values (run);
  `,
];

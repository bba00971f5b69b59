/**
 * The formats of the trigger database: entry n lifts format n to n + 1. Never edited once released, only added to.
 * `good` is the last text without errors: what runs while the file has some. `checked`: up to when the due times of `schedule` have been
 * seen to. A firing is a decision to start a run; `text` is the flow where it isn't the file's. A turn is settled when its run has ended,
 * with an answer or without.
 */
export const TRIGGER_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE active_flows (
    flow TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    good TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE trigger_marks (
    flow TEXT NOT NULL,
    node TEXT NOT NULL,
    fired_at INTEGER,
    run_id TEXT,
    error TEXT,
    checked INTEGER,
    schedule TEXT,
    PRIMARY KEY (flow, node)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE firings (
    key TEXT PRIMARY KEY,
    flow TEXT NOT NULL,
    node TEXT NOT NULL,
    input TEXT NOT NULL,
    text TEXT,
    at INTEGER NOT NULL,
    run_id TEXT,
    error TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX firings_open ON firings (at) WHERE run_id IS NULL AND error IS NULL;
  CREATE INDEX firings_by_time ON firings (at);

  CREATE TABLE conversations (
    flow TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (flow, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE turns (
    number INTEGER PRIMARY KEY,
    flow TEXT NOT NULL,
    conversation TEXT NOT NULL,
    firing TEXT NOT NULL UNIQUE,
    message TEXT NOT NULL,
    run_id TEXT,
    answer TEXT,
    settled INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    FOREIGN KEY (flow, conversation) REFERENCES conversations (flow, id) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX turns_of ON turns (flow, conversation, number);
  CREATE INDEX turns_open ON turns (number) WHERE settled = 0;
  `,
];

import type { Generated } from "kysely";

/** The cluster's catalogue in PostgreSQL. Times are ms since 1970; JSON stands as text, because `jsonb` refuses the character U+0000. */
export interface Catalogue {
  api_keys: { id: string; name: string; hash: string; created_at: number };
  bundles: { digest: string; bundle: string; created_at: number };
  revisions: {
    flow: string;
    revision: number;
    digest: string;
    /** The input's JSON Schema. */
    input: string;
    title: string;
    /** The triggers that something outside fires: TriggerSpec[] as JSON. */
    triggers: Generated<string>;
    created_at: number;
  };
  /** Which revision each flow answers with. */
  routes: { flow: string; revision: number; activated_at: number };
  runs: {
    run_id: string;
    flow: string;
    revision: number;
    digest: string;
    input_hash: string;
    state: string;
    started_at: number;
    ended_at: number | null;
    input_tokens: Generated<number>;
    output_tokens: Generated<number>;
    /** The SerializedError of a failed run. */
    error: string | null;
  };
  run_events: { run_id: string; seq: number; event: string };
  /** What runs wait for now. */
  waits: {
    run_id: string;
    path: string;
    flow: string;
    node: string;
    /** The Wait as JSON; its kind, and the event's name and key for an event. */
    wait: string;
    kind: string;
    event: string | null;
    key: string | null;
    since: number;
    until: number | null;
  };
  /** Events from outside, for a day: one that comes before its wait wakes it too. */
  outside_events: { id: string; event: string; key: string | null; payload: string; created_at: number };
  /** Which event woke which wait, so that it does so once. */
  deliveries: { event_id: string; run_id: string; path: string };
  /** Step results too large for the journal, by the SHA-256 of their text. */
  blobs: { digest: string; text: string; created_at: number };
  /** Up to which due time each schedule was seen to. */
  firings: { flow: string; node: string; due_at: number };
}

/** Each statement list once, in order. Add to the end; never change one that was released. */
export const MIGRATIONS: readonly { name: string; statements: readonly string[] }[] = [
  {
    name: "001-catalogue",
    statements: [
      `create table api_keys (id text primary key, name text not null, hash text not null unique, created_at double precision not null)`,
      `create table bundles (digest text primary key, bundle text not null, created_at double precision not null)`,
      `create table revisions (
         flow text not null, revision integer not null, digest text not null references bundles (digest), input text not null,
         title text not null, created_at double precision not null, primary key (flow, revision))`,
      `create table routes (flow text primary key, revision integer not null, activated_at double precision not null,
         foreign key (flow, revision) references revisions (flow, revision))`,
      `create table runs (
         run_id text primary key, flow text not null, revision integer not null, digest text not null, input_hash text not null, state text not null,
         started_at double precision not null, ended_at double precision, input_tokens integer not null default 0,
         output_tokens integer not null default 0, error text)`,
      `create index runs_by_time on runs (started_at desc)`,
      `create index runs_by_flow on runs (flow, started_at desc)`,
      `create table run_events (run_id text not null, seq integer not null, event text not null, primary key (run_id, seq))`,
    ],
  },
  {
    name: "002-waits",
    statements: [
      `create table waits (
         run_id text not null, path text not null, flow text not null, node text not null, wait text not null, kind text not null,
         event text, key text, since double precision not null, until double precision, primary key (run_id, path))`,
      `create index waits_by_event on waits (event) where event is not null`,
      `create table outside_events (
         id text primary key, event text not null, key text, payload text not null, created_at double precision not null)`,
      `create index outside_events_by_name on outside_events (event)`,
      `create table deliveries (
         event_id text not null references outside_events (id) on delete cascade, run_id text not null, path text not null,
         primary key (run_id, path))`,
      `create table blobs (digest text primary key, text text not null, created_at double precision not null)`,
      `create table firings (flow text not null, node text not null, due_at double precision not null, primary key (flow, node))`,
      `alter table revisions add column triggers text not null default '[]'`,
    ],
  },
];

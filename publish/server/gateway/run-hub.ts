import pg from "pg";
import { setTimeout as delay } from "node:timers/promises";
import { isFinal, type LiveEvent, type RunEvent } from "../../../engine/run/events.ts";
import { LiveTexts } from "../../../engine/run/live-text.ts";
import { decodeNotice, ROUTE_CHANNEL, RUN_CHANNEL, type RunNotice } from "../run-channel.ts";

/** Hears what workers tell of runs, over one PostgreSQL connection that is made again whenever it breaks. */
export interface RunHub {
  /** Called with each notice of the run, and with `undefined` when some may have been missed. Returns the unsubscribe. */
  subscribe(runId: string, listener: (notice: RunNotice | undefined) => void): () => void;
  /** What the run has said so far and isn't recorded yet, each text as one delta from the beginning. */
  textSoFar(runId: string): LiveEvent[];
  /** Resolves once it listens for the first time. */
  ready: Promise<void>;
  close(): Promise<void>;
}

const LONGEST_PAUSE = 2_000;
/** Runs whose unrecorded text is kept for who joins late. */
const KEPT_TEXTS = 2_000;

export function createRunHub(url: string, routesChanged: () => void): RunHub {
  const listeners = new Map<string, Set<(notice: RunNotice | undefined) => void>>();
  const texts = new Map<string, LiveTexts>();
  const closing = new AbortController();
  const ready = Promise.withResolvers<void>();
  let client: pg.Client | undefined;

  function hear(channel: string, payload: string | undefined): void {
    if (channel === ROUTE_CHANNEL) return routesChanged();
    const notice = decodeNotice(payload ?? "");
    const runId = "event" in notice ? notice.event.runId : notice.runId;
    if ("event" in notice) collect(notice.event);
    for (const listener of listeners.get(runId) ?? []) listener(notice);
  }

  function collect(event: RunEvent): void {
    if (isFinal(event)) return void texts.delete(event.runId);
    const said = texts.get(event.runId) ?? new LiveTexts();
    said.take(event);
    texts.set(event.runId, said);
    // Runs whose end was missed must not pile up.
    if (texts.size > KEPT_TEXTS) texts.delete(texts.keys().next().value!);
  }

  async function listen(): Promise<void> {
    const connection = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, keepAlive: true });
    client = connection;
    const broken = new Promise<void>((resolve) => {
      // Stays: a connection that is cut may tell so more than once, and an error that nobody hears ends the process.
      connection.on("error", () => resolve());
      connection.once("end", () => resolve());
    });
    connection.on("notification", ({ channel, payload }) => hear(channel, payload));
    try {
      await connection.connect();
      await connection.query(`listen ${RUN_CHANNEL}; listen ${ROUTE_CHANNEL}`);
      ready.resolve();
      // Whatever was told while nobody listened is read from the tables.
      for (const group of listeners.values()) for (const listener of group) listener(undefined);
      routesChanged();
      await broken;
    } finally {
      await connection.end().catch(() => undefined);
    }
  }

  async function keepListening(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; failures++) {
      const began = Date.now();
      await listen().catch(() => undefined);
      if (Date.now() - began > 10_000) failures = 0;
      const pause = Math.min(LONGEST_PAUSE, 50 * 2 ** failures);
      await delay(pause, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  const finished = keepListening();
  return {
    ready: ready.promise,
    textSoFar: (runId) => texts.get(runId)?.soFar() ?? [],
    subscribe(runId, listener) {
      const group = listeners.get(runId) ?? new Set();
      listeners.set(runId, group.add(listener));
      return () => {
        group.delete(listener);
        if (group.size === 0) listeners.delete(runId);
      };
    },
    async close() {
      closing.abort();
      await client?.end().catch(() => undefined);
      await finished;
    },
  };
}

import type { Kysely } from "kysely";
import { setTimeout as delay } from "node:timers/promises";
import type { DurableEvent, RunEvent } from "../../../engine/run/events.ts";
import type { Catalogue } from "../database/schema.ts";
import type { RunRequest } from "../run-request.ts";
import { keepEvents } from "./keep-events.ts";

/** Brings a worker's run events to PostgreSQL: durable ones kept once by (run, seq), all of them announced to the gateways, in order. */
export interface EventWriter {
  /** Before the first event of a run: the row that its events belong to. */
  begin(run: RunRequest): void;
  write(event: RunEvent): void;
  /** Waits until the run's durable events are kept, at most `timeout` ms; returns those that still aren't. */
  settle(runId: string, timeout: number): Promise<DurableEvent[]>;
  /** The last `seq` kept of a run; 0 when there is none or the database is away. */
  lastSeq(runId: string): Promise<number>;
  /** Keeps these now. @throws when the database is away */
  keep(run: RunRequest, events: readonly DurableEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** While the database is away, live text beyond this many events is let go: nobody can watch it. */
const BACKLOG = 2_000;
const LONGEST_PAUSE = 2_000;

const isKept = (event: RunEvent): event is DurableEvent => "seq" in event;

export function createEventWriter(db: Kysely<Catalogue>): EventWriter {
  let queue: RunEvent[] = [];
  let writing: Promise<void> | undefined;
  const closing = new AbortController();
  const runs = new Map<string, RunRequest>();
  /** Durable events by run that aren't in the database yet, and who waits for them. */
  const unkept = new Map<string, { events: Map<number, DurableEvent>; done: PromiseWithResolvers<void> }>();

  async function drain(): Promise<void> {
    for (let failures = 0; queue.length > 0 && !closing.signal.aborted;) {
      const batch = queue;
      queue = [];
      try {
        await keepEvents(db, batch, runs);
        failures = 0;
        for (const event of batch) if (isKept(event)) markKept(event);
      } catch {
        queue = withoutOldText([...batch, ...queue]);
        const pause = Math.min(LONGEST_PAUSE, 50 * 2 ** failures++);
        await delay(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
    writing = undefined;
  }

  function markUnkept(event: DurableEvent): void {
    const run = unkept.get(event.runId) ?? { events: new Map(), done: Promise.withResolvers<void>() };
    run.events.set(event.seq, event);
    unkept.set(event.runId, run);
  }

  function markKept(event: DurableEvent): void {
    const run = unkept.get(event.runId);
    run?.events.delete(event.seq);
    if (run?.events.size !== 0) return;
    unkept.delete(event.runId);
    run.done.resolve();
  }

  return {
    begin: (run) => void runs.set(run.runId, run),
    write(event) {
      queue.push(event);
      if (isKept(event)) markUnkept(event);
      // A turn later, so that events of one turn travel in one transaction.
      writing ??= Promise.resolve().then(drain);
    },
    async settle(runId, timeout) {
      const run = unkept.get(runId);
      if (!run) {
        runs.delete(runId);
        return [];
      }
      const timer = new AbortController();
      await Promise.race([run.done.promise, delay(timeout, undefined, { signal: timer.signal })]);
      timer.abort();
      runs.delete(runId);
      return [...(unkept.get(runId)?.events.values() ?? [])];
    },
    async lastSeq(runId) {
      const last = db
        .selectFrom("run_events")
        .select(({ fn }) => fn.max("seq").as("last"))
        .where("run_id", "=", runId);
      const row = await last.executeTakeFirst().catch(() => undefined);
      return row?.last ?? 0;
    },
    keep: (run, events) => keepEvents(db, events, new Map([[run.runId, run]])),
    async close() {
      closing.abort();
      await writing;
    },
  };
}

function withoutOldText(events: RunEvent[]): RunEvent[] {
  return events.length > BACKLOG ? events.filter(isKept) : events;
}

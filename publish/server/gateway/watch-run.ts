import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { isFinal, type DurableEvent, type RunEvent } from "../../../engine/run/events.ts";
import type { RunNotice } from "../run-channel.ts";
import type { RunHub } from "./run-hub.ts";
import type { RunRecords } from "./run-records.ts";

/** A run's events after `after`: the kept ones first, then as they come, gapless, until the run ends or the signal aborts. */
export async function* watchRun(
  sources: { hub: RunHub; records: RunRecords },
  run: { runId: string; after: number },
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const inbox = createInbox<RunNotice | undefined>(signal);
  // Before the first look at the tables, so that nothing falls between.
  const unsubscribe = sources.hub.subscribe(run.runId, inbox.put);
  let last = run.after;
  const missed = async function* (): AsyncGenerator<DurableEvent> {
    for (const event of await sources.records.events(run.runId, last).catch(laterIfAway)) {
      last = event.seq;
      yield event;
    }
  };
  try {
    for await (const event of missed()) {
      yield event;
      if (isFinal(event)) return;
    }
    yield* sources.hub.textSoFar(run.runId);
    for await (const notice of inbox) {
      for await (const event of told(notice)) {
        yield event;
        if (isFinal(event)) return;
      }
    }
  } finally {
    unsubscribe();
  }

  async function* told(notice: RunNotice | undefined): AsyncGenerator<RunEvent> {
    const event = notice && "event" in notice ? notice.event : undefined;
    if (event && !("seq" in event)) yield event;
    else if (event && event.seq === last + 1) {
      last = event.seq;
      yield event;
    } else if ((event?.seq ?? (notice && "recorded" in notice ? notice.recorded : Infinity)) > last) yield* missed();
  }
}

/** While the database is away there is nothing to tell; the hub says when it listens again. */
function laterIfAway(error: unknown): DurableEvent[] {
  if (error instanceof HeddleError && error.code === "publish.catalog-unavailable") return [];
  throw error;
}

/** A queue between a listener and a loop. */
function createInbox<T>(signal: AbortSignal): { put(item: T): void } & AsyncIterable<T> {
  const items: T[] = [];
  let wake = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => wake.resolve(), { once: true });
  return {
    put(item) {
      items.push(item);
      wake.resolve();
    },
    async *[Symbol.asyncIterator]() {
      while (!signal.aborted) {
        while (items.length > 0) yield items.shift()!;
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    },
  };
}

import { setTimeout as delay } from "node:timers/promises";

/**
 * Does each piece of work once a second, one round after the other. What fails (the database is away, say) is tried in the next round.
 * Returns the way to stop, which waits for the round that is under way.
 */
export function everySecond(work: readonly (() => Promise<void>)[]): () => Promise<void> {
  const stop = new AbortController();
  const rounds = (async () => {
    while (!stop.signal.aborted) {
      await Promise.allSettled(work.map((piece) => piece()));
      await delay(1_000, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return () => {
    stop.abort();
    return rounds;
  };
}

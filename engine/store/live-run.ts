import type { LocalDriver } from "../driver/local-driver.ts";
import type { RunEvent } from "../run/events.ts";
import { LiveTexts } from "../run/live-text.ts";

/** Who watches a run: gets each event once, and is told when no more come. */
export interface Watcher {
  take(event: RunEvent): void;
  /** `failure` when the run stopped without an end: the driver failed or Heddle closes. */
  end(failure?: unknown): void;
}

/** A run that is under way in this process. */
export class LiveRun {
  readonly abort = new AbortController();
  private readonly watchers = new Set<Watcher>();
  private readonly texts = new LiveTexts();
  driver: LocalDriver | undefined;
  /** Resolves when the run is over or was interrupted; never rejects. */
  over: Promise<void> = Promise.resolve();

  publish(event: RunEvent): void {
    this.texts.take(event);
    for (const watcher of this.watchers) watcher.take(event);
  }

  /** From now on the watcher gets what is published, beginning with the text that was said so far. Returns the way to leave. */
  watch(watcher: Watcher): () => void {
    for (const delta of this.texts.soFar()) watcher.take(delta);
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  end(failure?: unknown): void {
    for (const watcher of this.watchers) watcher.end(failure);
    this.watchers.clear();
  }
}

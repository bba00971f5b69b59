import type { LocalDriver } from "../../driver/local-driver.ts";
import type { RunEvent } from "../../run/events.ts";
import { LiveTexts } from "../../run/live-text.ts";
import type { StoredRun } from "../runs.ts";

/** Who watches a run: gets each event once, and is told when no more come. */
export interface Watcher {
  take(event: RunEvent): void;
  /** `failure` when the run stopped without an end: the driver failed or Heddle closes. */
  end(failure?: unknown): void;
}

/** What a run tells, to whoever watches it. It outlives the run's rests. */
export class RunChannel {
  private readonly watchers = new Set<Watcher>();
  private readonly texts = new LiveTexts();

  get isWatched(): boolean {
    return this.watchers.size > 0;
  }

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

/** A run that is under way in this process. */
export class LiveRun {
  readonly run: StoredRun;
  readonly channel: RunChannel;
  readonly abort = new AbortController();
  driver: LocalDriver | undefined;
  /** It left memory to wait: what its driver says of that is no failure. */
  parked = false;
  /** Why it stopped without an end. */
  failure: unknown;
  /** Resolves when the run is over, rests or was interrupted; never rejects. */
  over: Promise<void> = Promise.resolve();

  constructor(run: StoredRun, channel: RunChannel) {
    this.run = run;
    this.channel = channel;
  }
}

import type { RunEvent } from "../../run/events.ts";
import { isDurable, isFinal } from "../../run/events.ts";
import type { Watcher } from "./live-run.ts";

/** Events between a run and a reader that takes them at its own pace. Each durable event is given once, in order. */
export class EventQueue implements Watcher {
  private waiting: RunEvent[] = [];
  private lastSeq: number;
  private ended = false;
  private failure: unknown;
  private wake: (() => void) | undefined;

  /** Events up to `after` are known to the reader. */
  constructor(after: number) {
    this.lastSeq = after;
  }

  take(event: RunEvent): void {
    if (this.ended) return;
    if (isDurable(event)) {
      if (event.seq <= this.lastSeq) return;
      this.lastSeq = event.seq;
    }
    this.waiting.push(event);
    if (isFinal(event)) this.ended = true;
    this.wake?.();
  }

  end(failure?: unknown): void {
    this.failure ??= failure;
    this.ended = true;
    this.wake?.();
  }

  /** All events until the end. @throws what the run was ended with */
  async *read(): AsyncGenerator<RunEvent, void, undefined> {
    for (;;) {
      const events = this.waiting;
      this.waiting = [];
      yield* events;
      if (this.waiting.length > 0) continue;
      if (this.ended) break;
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
    }
    if (this.failure !== undefined) throw this.failure;
  }
}

import type { Driver } from "./driver.ts";
import type { DurableEvent } from "./events.ts";

type Body<Event> = Event extends unknown ? Omit<Event, "runId" | "seq" | "at"> : never;
/** A durable event before it has its place and time. */
export type EventBody = Body<DurableEvent>;

/** Numbers a run's durable events and gives them the time of the completion that brought them about. */
export class Recorder {
  private readonly driver: Driver;
  private readonly runId: string;
  private seq = 0;
  /** The recorded time that a replay tells again: of the start, then of the latest completion. */
  at: number;

  constructor(driver: Driver, runId: string) {
    this.driver = driver;
    this.runId = runId;
    this.at = driver.startedAt;
  }

  /** Makes the body an event: it must be the caller's own, used nowhere else. */
  record(body: EventBody): void {
    const event = body as DurableEvent;
    event.runId = this.runId;
    event.seq = ++this.seq;
    event.at = this.at;
    this.driver.record(event);
  }
}

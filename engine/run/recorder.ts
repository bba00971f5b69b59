import { isJsonObject, type JsonValue } from "../lib/json.ts";
import type { Driver, LargeValue } from "./driver.ts";
import type { DurableEvent } from "./events.ts";

type Body<Event> = Event extends unknown ? Omit<Event, "runId" | "seq" | "at"> : never;
/** A durable event before it has its place and time. */
export type EventBody = Body<DurableEvent>;

/** The fields of events that hold values of any size. */
const VALUE_FIELDS = ["output", "input", "arguments", "result"] as const;

/** Numbers a run's durable events and gives them the time of the completion that brought them about. Large values travel as their beginning. */
export class Recorder {
  private readonly driver: Driver;
  private readonly runId: string;
  private readonly holds: boolean;
  private seq = 0;
  /** The recorded time that a replay tells again: of the start, then of the latest completion. */
  at: number;
  private lastValue: JsonValue = null;
  private lastHeld: LargeValue | undefined;

  constructor(driver: Driver, runId: string) {
    this.driver = driver;
    this.runId = runId;
    this.holds = driver.hold !== undefined;
    this.at = driver.startedAt;
  }

  /** Makes the body an event: it must be the caller's own, used nowhere else. */
  record(body: EventBody): void {
    const event = body as DurableEvent;
    event.runId = this.runId;
    event.seq = ++this.seq;
    event.at = this.at;
    if (this.holds) this.shorten(event as unknown as Record<string, unknown>);
    this.driver.record(event);
  }

  /** Where a value is kept when it is too large to stay in memory. Asked twice in a row for one value, it is put away once. */
  hold(value: JsonValue): LargeValue | undefined {
    if (!this.holds || value === null || (typeof value !== "object" && typeof value !== "string")) return undefined;
    if (value !== this.lastValue) {
      this.lastValue = value;
      this.lastHeld = this.driver.hold!(value);
    }
    return this.lastHeld;
  }

  /** Forgets the value asked for last, so that it isn't held for nothing. */
  release(): void {
    this.lastValue = null;
    this.lastHeld = undefined;
  }

  private shorten(event: Record<string, unknown>): void {
    for (const field of VALUE_FIELDS) {
      const value = event[field] as JsonValue | undefined;
      if (typeof value !== "string" && !isJsonObject(value) && !Array.isArray(value)) continue;
      const held = this.hold(value);
      if (!held) continue;
      event[field] = held.preview;
      event["large"] = { ...(event["large"] as object), [field]: { digest: held.digest, bytes: held.bytes } };
    }
  }
}

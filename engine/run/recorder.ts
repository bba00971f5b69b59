import type { JsonValue } from "../lib/json.ts";
import type { Driver, LargeValue } from "./driver.ts";
import type { DurableEvent } from "./events.ts";

type Body<Event> = Event extends unknown ? Omit<Event, "runId" | "seq" | "at"> : never;
/** A durable event before it has its place and time. */
export type EventBody = Body<DurableEvent>;

/** The fields of events that hold values of any size. */
type ValueField = "output" | "input" | "arguments" | "result";
type LargeFields = Record<string, { digest: string; bytes: number }>;

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
    if (this.holds) this.shorten(event);
    this.driver.record(event);
  }

  /** Where a value is kept when it is too large to stay in memory. Asked twice in a row for one value, it is put away once. */
  hold(value: JsonValue): LargeValue | undefined {
    if (!this.holds || isSmall(value)) return undefined;
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

  private shorten(event: DurableEvent): void {
    switch (event.type) {
      case "step.started":
      case "run.started":
        return this.shortenField(event, "input");
      case "step.completed":
      case "run.completed":
        return this.shortenField(event, "output");
      case "tool.called":
        return this.shortenField(event, "arguments");
      case "tool.returned":
        return this.shortenField(event, "result");
      default:
        return;
    }
  }

  private shortenField(event: DurableEvent & { large?: LargeFields | undefined }, field: ValueField): void {
    const values = event as { [name in ValueField]?: JsonValue };
    const value = values[field];
    const held = value === undefined ? undefined : this.hold(value);
    if (!held) return;
    values[field] = held.preview;
    event.large = { [field]: { digest: held.digest, bytes: held.bytes } };
  }
}

/** Whether a value is small for certain: so little is looked at that asking costs nothing. */
function isSmall(value: JsonValue): boolean {
  if (typeof value === "string") return value.length < SHORT;
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.length === 0;
  let fields = 0;
  for (const name in value) {
    const inner = value[name]!;
    if (
      ++fields > 8 ||
      (typeof inner === "string" ? inner.length > SHORT : typeof inner === "object" && inner !== null)
    )
      return false;
  }
  return true;
}

const SHORT = 1_000;

import type { Journal, LargeValues, Told } from "../../driver/journal.ts";
import { TurnBuffer } from "../../driver/turn-buffer.ts";
import { HeddleError, type SerializedError } from "../../lib/errors/error.ts";
import type { JsonValue } from "../../lib/json.ts";
import type { Driver, DriverOperation, LargeValue } from "../../run/driver.ts";
import { isFinal, type DurableEvent } from "../../run/events.ts";

export interface ReplayDriverOptions {
  /** The run that the replay is. */
  runId: string;
  startedAt: number;
  /** What the recorded run was told, and told itself. */
  told: Iterator<Told>;
  events: Iterator<DurableEvent>;
  /** Where the replay is recorded. */
  journal: Journal;
  values?: LargeValues;
}

/** Plays a recorded run again, comparing what is told with what was told then. Executes nothing. */
export class ReplayDriver implements Driver {
  readonly startedAt: number;
  private readonly options: ReplayDriverOptions;
  private readonly turn: TurnBuffer;
  private readonly pending = new Set<string>();
  private lastSeq = 0;
  private at: number;
  /** The recorded event that comes next. */
  private expected: DurableEvent | undefined;
  /** Where the replay first went another way. */
  diverged: string | undefined;

  constructor(options: ReplayDriverOptions) {
    this.options = options;
    this.startedAt = options.startedAt;
    this.at = options.startedAt;
    this.turn = new TurnBuffer({ journal: options.journal, publish: () => undefined });
    this.expected = this.nextRecorded();
  }

  start({ id }: DriverOperation): void {
    this.pending.add(id);
  }

  next(): Told {
    const { done, value: told } = this.options.told.next();
    if (done) throw this.noMoreTold();
    if ("cancelled" in told) this.pending.clear();
    else if (!this.pending.delete(told.id)) throw this.divergence(told.id);
    this.at = told.at;
    this.turn.tell(told);
    return told;
  }

  abandon(id: string): void {
    this.pending.delete(id);
  }

  finish(): void {
    if (this.expected) this.diverged ??= placeOf(this.expected);
    this.turn.commit();
  }

  hold(value: JsonValue): LargeValue | undefined {
    const held = this.options.values?.hold(value);
    if (held) this.turn.hold(held.digest);
    return held;
  }

  record(event: DurableEvent): void {
    if (!this.expected || !isSame(event, this.expected)) this.diverged ??= placeOf(event);
    this.expected = this.nextRecorded();
    this.tell(event);
  }

  live(): void {
    // What steps said wasn't recorded.
  }

  /** The replay can't go on. A run that the host gave up ends in it as it did. */
  end(error: SerializedError): void {
    const { expected } = this;
    if (this.diverged === undefined && expected && isFinal(expected)) this.tell(expected);
    else this.tell({ type: "run.failed", runId: this.options.runId, seq: 0, at: this.at, error });
    this.turn.commit();
  }

  private tell(event: DurableEvent): void {
    this.turn.record({ ...event, runId: this.options.runId, seq: ++this.lastSeq });
  }

  private nextRecorded(): DurableEvent | undefined {
    const { done, value } = this.options.events.next();
    return done ? undefined : value;
  }

  private noMoreTold(): HeddleError {
    const [waiting = "end"] = this.pending;
    if (this.expected && isFinal(this.expected)) return new HeddleError("run.interrupted");
    return this.divergence(waiting);
  }

  private divergence(operation: string): HeddleError {
    this.diverged ??= operation;
    return new HeddleError("run.replay-diverged", { operation });
  }
}

const placeOf = (event: DurableEvent): string =>
  "path" in event && event.path !== undefined ? event.path : event.type;

/** Tokens and the like are compared too: a replay is exact. */
function isSame(one: DurableEvent, other: DurableEvent): boolean {
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
}

/** The event with its fields in one order; what is in them comes from the same code both times. */
function canonical(event: DurableEvent): [string, unknown][] {
  return Object.entries(event)
    .filter(([name, value]) => value !== undefined && name !== "runId")
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

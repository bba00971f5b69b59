import type { SerializedError } from "../lib/errors/error.ts";
import type { Completion, DriverOperation, OperationResult } from "../run/driver.ts";

type RunOperation = DriverOperation & { kind: "run" };
type Completed = (completion: Completion) => void;

const SLEPT: OperationResult = { ok: true, value: null };
/** The longest wait that one timer of JavaScript can hold, and short enough that a clock that jumps is noticed. */
const LONGEST_TIMER_MS = 60_000;

/** Something in flight: aborted when nobody needs it any more. */
class Flight {
  private controller: AbortController | undefined;
  readonly isWait: boolean;
  timer: NodeJS.Timeout | undefined;
  /** When a sleep is over. */
  due: number | undefined;

  constructor(isWait: boolean) {
    this.isWait = isWait;
  }

  /** Made when first asked for: most steps never look at it. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  end(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  abort(): void {
    this.end();
    if (this.isWait) return;
    this.controller ??= new AbortController();
    this.controller.abort();
  }
}

/** Executes operations in this process: time limits, sleeps, signals and aborts. Tells each completion once, and none for an abandoned one. */
export class OperationRunner {
  private readonly completed: Completed;
  private readonly now: () => number;
  private readonly flights = new Map<string, Flight>();
  private working = 0;

  constructor(completed: Completed, now: () => number) {
    this.completed = completed;
    this.now = now;
  }

  /** Whether anything is in flight that isn't a sleep or a signal. */
  get isWorking(): boolean {
    return this.working > 0;
  }

  /** When the first sleep is over. */
  get nextDue(): number | undefined {
    let first: number | undefined;
    for (const { due } of this.flights.values())
      if (due !== undefined && (first === undefined || due < first)) first = due;
    return first;
  }

  /** Begins an operation. One that ends without waiting is told before this returns. */
  run(operation: RunOperation): void {
    const { id, timeout } = operation;
    const flight = this.begin(id, false);
    const result = operation.run(flight);
    if (!(result instanceof Promise)) return this.finish(id, flight, result);
    if (timeout) this.limit(id, flight, timeout);
    void result.then((value) => this.finish(id, flight, value));
  }

  /** Waits until `due`, at once over if that is past. */
  sleep(id: string, due: number): void {
    const flight = this.begin(id, true);
    flight.due = due;
    this.wait(flight, due, () => this.finish(id, flight, SLEPT));
  }

  /** In flight until `complete` is called. */
  ask(id: string): void {
    this.begin(id, true);
  }

  complete(id: string, result: OperationResult): void {
    const flight = this.flights.get(id);
    if (flight) this.finish(id, flight, result);
  }

  abandon(id: string): void {
    const flight = this.flights.get(id);
    if (!flight) return;
    this.land(id, flight);
    flight.abort();
  }

  abandonAll(): void {
    for (const id of this.flights.keys()) this.abandon(id);
  }

  private begin(id: string, isWait: boolean): Flight {
    const flight = new Flight(isWait);
    this.flights.set(id, flight);
    if (!isWait) this.working++;
    return flight;
  }

  private land(id: string, flight: Flight): void {
    this.flights.delete(id);
    if (!flight.isWait) this.working--;
  }

  private limit(id: string, flight: Flight, { ms, error }: { ms: number; error: SerializedError }): void {
    this.wait(flight, this.now() + ms, () => {
      this.finish(id, flight, { ok: false, error });
      flight.abort();
    });
  }

  private wait(flight: Flight, due: number, over: () => void): void {
    const left = due - this.now();
    const step = Math.min(Math.max(left, 0), LONGEST_TIMER_MS);
    flight.timer = setTimeout(() => (this.now() < due ? this.wait(flight, due, over) : over()), step);
  }

  /** The first end of an operation counts; abandoned ones are no longer known. */
  private finish(id: string, flight: Flight, result: OperationResult): void {
    if (this.flights.get(id) !== flight) return;
    this.land(id, flight);
    flight.end();
    this.completed({ id, at: this.now(), result });
  }
}

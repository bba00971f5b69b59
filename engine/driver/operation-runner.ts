import type { SerializedError } from "../lib/errors/error.ts";
import type { DriverOperation, OperationResult } from "../run/driver.ts";

type RunOperation = DriverOperation & { kind: "run" };
type Completed = (id: string, result: OperationResult) => void;

const SLEPT: OperationResult = { ok: true, value: null };
/** The longest wait that one timer of JavaScript can hold. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Something in flight: aborted when nobody needs it any more. */
class Flight {
  private controller: AbortController | undefined;
  timer: NodeJS.Timeout | undefined;

  /** Made when first asked for: most steps never look at it. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  end(): void {
    clearTimeout(this.timer);
  }

  abort(): void {
    this.end();
    this.controller ??= new AbortController();
    this.controller.abort();
  }
}

/** Executes operations in this process: time limits, sleeps and aborts. Tells each completion once, and none for an abandoned one. */
export class OperationRunner {
  private readonly completed: Completed;
  private readonly flights = new Map<string, Flight>();

  constructor(completed: Completed) {
    this.completed = completed;
  }

  /** Begins an operation. One that ends without waiting is told before this returns. */
  run(operation: RunOperation): void {
    const { id, timeout } = operation;
    const flight = new Flight();
    this.flights.set(id, flight);
    const result = operation.run(flight);
    if (!(result instanceof Promise)) return this.finish(id, flight, result);
    if (timeout) this.limit(id, flight, timeout);
    void result.then((value) => this.finish(id, flight, value));
  }

  /** Waits `ms`, at once over if that is not positive. */
  sleep(id: string, ms: number): void {
    const flight = new Flight();
    this.flights.set(id, flight);
    this.wait(flight, ms, () => this.finish(id, flight, SLEPT));
  }

  abandon(id: string): void {
    const flight = this.flights.get(id);
    this.flights.delete(id);
    flight?.abort();
  }

  abandonAll(): void {
    for (const id of this.flights.keys()) this.abandon(id);
  }

  private limit(id: string, flight: Flight, { ms, error }: { ms: number; error: SerializedError }): void {
    this.wait(flight, ms, () => {
      this.finish(id, flight, { ok: false, error });
      flight.abort();
    });
  }

  private wait(flight: Flight, ms: number, over: () => void): void {
    const step = Math.min(Math.max(ms, 0), LONGEST_TIMER_MS);
    flight.timer = setTimeout(() => (step < ms ? this.wait(flight, ms - step, over) : over()), step);
  }

  /** The first end of an operation counts; abandoned ones are no longer known. */
  private finish(id: string, flight: Flight, result: OperationResult): void {
    if (this.flights.get(id) !== flight) return;
    this.flights.delete(id);
    flight.end();
    this.completed(id, result);
  }
}

import type { LiveRun } from "./live-run.ts";

export interface ParkingOptions {
  /** A run that only waits is left in memory so long; one that is to wake that soon isn't taken out. */
  parkAfter: number | undefined;
  /** Takes the run out of memory until `wakeAt`, or until its answer comes. */
  park(live: LiveRun, wakeAt: number | undefined): void;
  /** Goes on with runs whose time or answer has come; true when there are more. */
  wakeDue(now: number): boolean;
  nextWake(): number | undefined;
}

const PARK_AFTER_MS = 500;
/** The clock may jump (a laptop that slept) and other programs may answer: the database is asked at least this often. */
const LONGEST_NAP_MS = 5_000;

/** Takes runs that only wait out of memory, and wakes them by one timer for the earliest. */
export class Parking {
  private readonly options: ParkingOptions;
  private readonly parkAfter: number;
  private readonly resting = new Map<LiveRun, number>();
  private sweep: NodeJS.Timeout | undefined;
  private nap: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(options: ParkingOptions) {
    this.options = options;
    this.parkAfter = options.parkAfter ?? PARK_AFTER_MS;
  }

  /** The run waits only, from now on. */
  rests(live: LiveRun): void {
    this.resting.set(live, Date.now());
    if (!this.closed) this.sweep ??= setTimeout(() => this.parkRested(), this.parkAfter);
  }

  forget(live: LiveRun): void {
    this.resting.delete(live);
  }

  /** To be called when a parked run's time may be the earliest. */
  schedule(): void {
    clearTimeout(this.nap);
    if (this.closed) return;
    const next = this.options.nextWake();
    const left = next === undefined ? LONGEST_NAP_MS : next - Date.now();
    this.nap = setTimeout(() => this.wake(), Math.min(Math.max(left, 0), LONGEST_NAP_MS));
  }

  /** An answer came for a parked run. */
  wakeNow(): void {
    clearTimeout(this.nap);
    this.wake();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.nap);
    clearTimeout(this.sweep);
  }

  private wake(): void {
    const more = this.options.wakeDue(Date.now());
    if (!more) this.schedule();
    else if (!this.closed) this.nap = setTimeout(() => this.wake(), 0);
  }

  private parkRested(): void {
    this.sweep = undefined;
    const now = Date.now();
    let parked = 0;
    for (const [live, since] of this.resting) {
      const rest = live.driver?.rest;
      if (!rest) this.resting.delete(live);
      else if (now - since >= this.parkAfter && !(rest.wakeAt !== undefined && rest.wakeAt - now < this.parkAfter)) {
        this.resting.delete(live);
        this.options.park(live, rest.wakeAt);
        parked++;
      }
    }
    if (parked > 0) this.schedule();
    if (this.resting.size > 0) this.sweep = setTimeout(() => this.parkRested(), this.parkAfter);
  }
}

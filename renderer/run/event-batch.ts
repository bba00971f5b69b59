/** Collects events and hands them over together, once a frame: a fast stream draws at the screen's pace. */
export interface EventBatch<Event> {
  push(event: Event): void;
  /** Resolves when everything pushed so far was handed over. */
  drained(): Promise<void>;
  /** Hands over nothing more. */
  stop(): void;
}

/** `schedule` calls back once, soon, and returns its undoing. */
export type Schedule = (callback: () => void) => () => void;

export interface EventBatchOptions<Event> {
  deliver(events: Event[]): void;
  schedule: Schedule;
  /** ms, on any clock that only goes forward */
  now: () => number;
}

/** How many events a frame takes at first; then as many as it has time for. */
const FIRST_SLICE = 512;
const FEWEST = 64;
/** ms of a frame that folding events may take */
const BUDGET = 8;

export function createEventBatch<Event>({ deliver, schedule, now }: EventBatchOptions<Event>): EventBatch<Event> {
  let waiting: Event[] = [];
  let handed = 0;
  let slice = FIRST_SLICE;
  let cancel: (() => void) | undefined;
  let whenEmpty: (() => void)[] = [];

  const frame = (): void => {
    cancel = undefined;
    const events = waiting.slice(handed, handed + slice);
    handed += events.length;
    if (handed === waiting.length) {
      waiting = [];
      handed = 0;
    } else cancel = schedule(frame);
    const before = now();
    deliver(events);
    slice = nextSlice(slice, now() - before);
    if (waiting.length === 0) tellEmpty();
  };
  const tellEmpty = (): void => {
    const told = whenEmpty;
    whenEmpty = [];
    for (const tell of told) tell();
  };
  return {
    push: (event) => {
      waiting.push(event);
      cancel ??= schedule(frame);
    },
    drained: () => new Promise((resolve) => (waiting.length === 0 ? resolve() : whenEmpty.push(resolve))),
    stop: () => {
      cancel?.();
      cancel = undefined;
      waiting = [];
      handed = 0;
      tellEmpty();
    },
  };
}

const nextSlice = (slice: number, took: number): number =>
  took > BUDGET ? Math.max(FEWEST, slice >> 1) : took < BUDGET / 2 ? slice * 2 : slice;

/** The next frame; a timer while the page is hidden, where frames don't come. */
export const nextFrame: Schedule = (callback) => {
  if (document.visibilityState === "hidden") {
    const timer = setTimeout(callback, 100);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
};

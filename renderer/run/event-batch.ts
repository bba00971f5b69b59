/** Collects events and hands them over together, once a frame: a fast stream draws at the screen's pace. */
export interface EventBatch<Event> {
  push(event: Event): void;
  /** Hands over what is there now. */
  flush(): void;
}

/** `schedule` calls back once, soon, and returns its undoing. */
export type Schedule = (callback: () => void) => () => void;

export function createEventBatch<Event>(deliver: (events: Event[]) => void, schedule: Schedule): EventBatch<Event> {
  let waiting: Event[] = [];
  let cancel: (() => void) | undefined;

  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    const events = waiting;
    waiting = [];
    if (events.length > 0) deliver(events);
  };
  const push = (event: Event): void => {
    waiting.push(event);
    cancel ??= schedule(flush);
  };
  return { push, flush };
}

/** The next frame; a timer while the page is hidden, where frames don't come. */
export const nextFrame: Schedule = (callback) => {
  if (document.visibilityState === "hidden") {
    const timer = setTimeout(callback, 100);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
};

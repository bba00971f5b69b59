import { Cron } from "croner";

/** When a schedule is due: a cron pattern of five fields, or of six with seconds first, on the clock of a time zone. */
export interface ScheduleTimes {
  cron: string;
  /** IANA name; left out: the host's own. */
  timeZone?: string;
}

/** How many missed times are looked at: with a due time every second, those of the last half hour. */
const MOST_TIMES = 2_000;

/**
 * Times in ms since 1970 after `after` and not after `until`, in order; where there are very many, the latest of them.
 * @throws for a pattern that is none
 */
export function dueBetween(times: ScheduleTimes, after: number, until: number): number[] {
  const timed = timer(times);
  const due: number[] = [];
  // Backwards, so that after a long rest the latest count, and few at a time, since most looks find none or one.
  for (let count = 2; due.length < MOST_TIMES; count *= 4) {
    const before = due.at(-1) ?? until + 1;
    const found = timed.previousRuns(count, new Date(before)).map((at) => at.getTime());
    due.push(...found.filter((at) => at > after && at < before));
    if (found.length < count || found.at(-1)! <= after) break;
  }
  return due.toReversed();
}

/** The next times after `after`. @throws for a pattern that is none */
export function nextTimes(times: ScheduleTimes, after: number, count: number): number[] {
  return timer(times)
    .nextRuns(count, new Date(after))
    .map((at) => at.getTime());
}

function timer({ cron, timeZone }: ScheduleTimes): Cron {
  return new Cron(cron, { paused: true, mode: "5-or-6-parts", ...(timeZone && { timezone: timeZone }) });
}

/** What becomes of due times at which nobody was there to start a run. */
export const MISSED_POLICIES = ["skip", "once", "all"] as const;
export type MissedPolicy = (typeof MISSED_POLICIES)[number];

/** A time that is this long past counts as missed, in ms: shorter is a busy moment, or a restart. */
const LATE_MS = 60_000;

/** How many missed times `all` makes up for: the latest ones. */
const MOST_MISSED = 100;

/**
 * Which of the due times (in order, in ms since 1970, none after `now`) start a run now: those just come, and of the missed ones none
 * (`skip`), the latest (`once`) or each (`all`).
 */
export function missedFirings(
  due: readonly number[],
  { missed, now }: { missed: MissedPolicy; now: number },
): number[] {
  const late = due.filter((at) => at < now - LATE_MS);
  const punctual = due.slice(late.length);
  switch (missed) {
    case "skip":
      return punctual;
    case "once":
      return [...late.slice(-1), ...punctual];
    case "all":
      return [...late.slice(-MOST_MISSED), ...punctual];
  }
}

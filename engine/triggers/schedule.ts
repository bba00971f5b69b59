import type { ScheduleConfig } from "../../nodes/io/triggers.ts";
import { dueBetween, nextTimes } from "./due.ts";
import type { Firings, Listener } from "./listener.ts";
import { missedFirings } from "./missed.ts";

/** What is remembered of a schedule over restarts. */
export interface ScheduleMemory {
  /** Up to when its due times have been seen to; undefined for a schedule that is new. */
  checked(): number | undefined;
  check(until: number): void;
}

/** A computer that slept wakes its timers late: so the clock is looked at now and then. */
const LONGEST_REST_MS = 30_000;

/**
 * Fires at the times of a schedule. Every due time has one key, whoever finds it due: a host that was killed in the middle of it, or two
 * hosts at once, start one run.
 */
export function listenForTimes(config: ScheduleConfig, memory: ScheduleMemory, firings: Firings): Listener {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    const now = Date.now();
    const due = dueBetween(config, memory.checked() ?? now, now);
    for (const at of missedFirings(due, { missed: config.missed, now })) {
      const input = { scheduledAt: new Date(at).toISOString(), firedAt: new Date(now).toISOString() };
      await firings.fire({ key: String(at), input });
    }
    memory.check(now);
  };

  const lookAgain = (): void => {
    // One that couldn't start is told in the trigger's status; its time is looked at again at the next look.
    void look()
      .catch(() => {})
      .then(() => {
        if (stopped) return;
        const [next = Number.POSITIVE_INFINITY] = nextTimes(config, Date.now(), 1);
        timer = setTimeout(lookAgain, Math.min(Math.max(next - Date.now(), 0), LONGEST_REST_MS));
        timer.unref();
      });
  };

  if (memory.checked() === undefined) memory.check(Date.now());
  lookAgain();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** The next times of a schedule, for people. */
export const upcoming = (config: ScheduleConfig, count = 3): number[] => nextTimes(config, Date.now(), count);

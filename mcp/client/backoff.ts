import { setTimeout as delay } from "node:timers/promises";

const FIRST = 250;
const LONGEST = 8000;

/** Waits before the next try: 250 ms after the first failure, twice as long after each further one, 8 s at most. */
export async function backoff(failures: number, signal: AbortSignal): Promise<void> {
  await delay(Math.min(FIRST * 2 ** (failures - 1), LONGEST), undefined, { signal, ref: false });
}

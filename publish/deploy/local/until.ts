import { setTimeout as delay } from "node:timers/promises";

/** Repeats a real call until it succeeds. Another program tells nothing of its readiness, so this asks. @throws when aborted. */
export async function until(call: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await call();
      return;
    } catch {
      await delay(60, undefined, { signal });
    }
  }
}

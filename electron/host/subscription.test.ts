import { describe, expect, it } from "vitest";
import { subscription } from "./subscription.ts";

/** Something that can be subscribed to, and that knows by how many. */
function source() {
  const listeners = new Set<(value: number) => void>();
  return {
    listeners,
    tell: (value: number) => listeners.forEach((listener) => listener(value)),
    subscribe: (listener: (value: number) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

describe("a subscription as an iterable", () => {
  it("keeps what nobody took yet, in order", async () => {
    const { subscribe, tell } = source();
    const values = subscription(subscribe, undefined);
    const first = values.next();
    [1, 2, 3].forEach(tell);
    expect([(await first).value, (await values.next()).value, (await values.next()).value]).toEqual([1, 2, 3]);
  });

  it("keeps only the newest of states that replace each other", async () => {
    const { subscribe, tell } = source();
    const values = subscription(subscribe, undefined, { latest: true });
    const first = values.next();
    [1, 2, 3].forEach(tell);
    expect((await first).value).toBe(3);
  });

  it("ends, and unsubscribes, when its signal aborts while it waits", async () => {
    const { subscribe, listeners } = source();
    const controller = new AbortController();
    const values = subscription(subscribe, controller.signal);
    const next = values.next();
    expect(listeners.size).toBe(1);
    controller.abort();
    expect((await next).done).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it("unsubscribes when its reader leaves", async () => {
    const { subscribe, tell, listeners } = source();
    const values = subscription(subscribe, undefined);
    const next = values.next();
    tell(1);
    await next;
    await values.return();
    expect(listeners.size).toBe(0);
  });
});

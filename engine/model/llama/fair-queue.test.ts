import { describe, expect, it } from "vitest";
import { FairQueue } from "./fair-queue.ts";

const never = new AbortController().signal;

/** Work that ends when the test says so. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, open: resolve };
}

function request(lane: string, signal = never) {
  return { lane, signal, pick: (free: readonly number[]) => free[0]! };
}

describe("FairQueue", () => {
  it("lets a lane with one call in before another lane's second one", async () => {
    const queue = new FairQueue([0]);
    const first = gate();
    const order: string[] = [];
    const note = (name: string) => async () => void order.push(name);
    const calls = [
      queue.use(request("busy"), () => first.promise),
      queue.use(request("busy"), note("busy 2")),
      queue.use(request("busy"), note("busy 3")),
      queue.use(request("other"), note("other 1")),
    ];
    first.open();
    await Promise.all(calls);
    expect(order).toEqual(["busy 2", "other 1", "busy 3"]);
  });

  it("never gives one slot to two callers", async () => {
    const queue = new FairQueue([0, 1]);
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, call) =>
        queue.use(request(`lane ${call % 3}`), async () => {
          most = Math.max(most, ++running);
          await Promise.resolve();
          running--;
        }),
      ),
    );
    expect(most).toBe(2);
  });

  it("asks which free slot to take", async () => {
    const queue = new FairQueue(["a", "b", "c"]);
    const used = await queue.use({ lane: "", signal: never, pick: (free) => free.at(-1)! }, async (slot) => slot);
    expect(used).toBe("c");
  });

  it("drops a caller that gives up while it waits, and frees a slot whose work failed", async () => {
    const queue = new FairQueue([0]);
    const first = gate();
    const controller = new AbortController();
    const running = queue.use(request("a"), () => first.promise);
    const waiting = queue.use(request("a", controller.signal), async () => "ran");
    controller.abort(new Error("gave up"));
    await expect(waiting).rejects.toThrow("gave up");
    first.open();
    await running;
    await expect(queue.use(request("a"), () => Promise.reject(new Error("broke")))).rejects.toThrow("broke");
    expect(await queue.use(request("a"), async () => "ran")).toBe("ran");
  });
});

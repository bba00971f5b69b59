import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isDurable, type RunEvent } from "../../run/events.ts";
import { ServiceDriver } from "../testing/service-driver.ts";

const waiting = (event: RunEvent) => event.type === "step.delta" && event.text === "waiting";

describe("a run whose host starts anew", () => {
  let driver: ServiceDriver;
  beforeEach(() => {
    driver = new ServiceDriver();
  });
  afterEach(() => driver.dispose());
  const gapless = (runId: string) => {
    const seqs = driver.service.recorded(runId).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  };
  const parked = (runId: string) =>
    expect.poll(() => driver.isParked(runId), { timeout: 5_000, interval: 5 }).toBe(true);

  it("goes on while it runs: what was recorded isn’t done again, what was in flight is", async () => {
    const runId = await driver.start(["a: { type: echo }\nb: { type: hang }", "start -> a, a -> b"]);
    await driver.read(runId, waiting);
    expect(await driver.reopen()).toEqual([runId]);
    await driver.read(runId, waiting);
    expect(driver.executed()).toEqual({ a: 1, b: 2 });
    await driver.service.cancel(runId);
    gapless(runId);
  });

  it.each([
    ["delay", "w: { type: rest, config: { ms: 400 } }", undefined],
    ["task", "w: { type: ask, config: { title: T } }", "answer"],
    ["event", "w: { type: listen, config: { event: paid } }", "event"],
  ])("goes on with waiting for a %s", async (kind, node, how) => {
    const runId = await driver.start([`${node}\nb: { type: echo }`, "start -> w, w -> b"]);
    await driver.untilEvent(runId, "run.waiting");
    await driver.reopen();
    expect(driver.service.waits()).toMatchObject([{ runId, wait: { kind } }]);
    await parked(runId);
    // A run that rests needs nothing at the start; its waits are still there.
    expect(await driver.reopen()).toEqual([]);
    expect(driver.service.waits()).toHaveLength(1);
    const { path } = driver.service.waits()[0]!;
    if (how === "answer") await driver.service.answer({ runId, path, value: { choice: "yes" } });
    if (how === "event") expect(await driver.service.send({ event: "paid", payload: 1 })).toBe(1);
    expect((await driver.last(runId)).type).toBe("run.completed");
    expect(driver.executed()).toEqual({ b: 1 });
    expect(driver.service.waits()).toEqual([]);
    gapless(runId);
  });

  it("goes on with waiting at a breakpoint, in the middle of stepping", async () => {
    const debug = { given: {}, breakpoints: ["b"], stepping: false };
    const runId = await driver.start(
      ["a: { type: echo }\nb: { type: echo }\nc: { type: echo }", "start -> a, a -> b, b -> c"],
      { debug },
    );
    await driver.untilEvent(runId, "run.waiting");
    await parked(runId);
    await driver.reopen();
    expect(driver.service.waits()).toMatchObject([{ wait: { kind: "breakpoint" }, node: "b" }]);
    await driver.service.answer({ runId, path: driver.service.waits()[0]!.path, value: { stepping: true } });
    await expect.poll(() => driver.service.waits()[0]?.node, { timeout: 5_000, interval: 5 }).toBe("c");
    await driver.reopen();
    expect(driver.service.waits()).toMatchObject([{ wait: { kind: "breakpoint" }, node: "c" }]);
    await driver.service.answer({ runId, path: driver.service.waits()[0]!.path, value: { stepping: false } });
    expect((await driver.last(runId)).type).toBe("run.completed");
    expect(driver.executed()).toEqual({ a: 1, b: 1, c: 1 });
    gapless(runId);
  });

  const SAGA = (undo: string, then: string): [string, string] => [
    `a: { type: echo }\nundo_a: { type: ${undo} }\n${then}`,
    "start -> a, a.undo -> undo_a, a -> b",
  ];

  it("goes on with undoing what it did", async () => {
    const runId = await driver.start(SAGA("hang", "b: { type: flaky, config: { failures: 9, retryable: false } }"));
    await driver.read(runId, waiting);
    expect(driver.service.recorded(runId).some(({ type }) => type === "run.recovering")).toBe(true);
    expect(await driver.reopen()).toEqual([runId]);
    await driver.read(runId, waiting);
    expect(driver.executed()).toEqual({ a: 1, b: 1, undo_a: 2 });
    gapless(runId);
  });

  it("goes on with undoing what it did before it was cancelled, and is cancelled in the end", async () => {
    const runId = await driver.start(SAGA("ask, config: { title: undo? }", "b: { type: hang }"));
    await driver.read(runId, waiting);
    const cancelled = driver.service.cancel(runId);
    await driver.untilEvent(runId, "run.recovering");
    await parked(runId);
    await cancelled;
    expect(await driver.reopen()).toEqual([]);
    await driver.service.answer({ runId, path: driver.service.waits()[0]!.path, value: { choice: "yes" } });
    expect((await driver.last(runId)).type).toBe("run.cancelled");
    expect(driver.executed()).toEqual({ a: 1, b: 1 });
    expect(driver.service.list()).toMatchObject([{ state: "cancelled" }]);
    gapless(runId);
  });
});

describe("a subscriber that comes back", () => {
  it(
    "gets every event once, from wherever it saw last, however often the host starts anew or the run rests",
    { timeout: 60_000 },
    async () => {
      const driver = new ServiceDriver({ parkAfter: 1 });
      const nodes = `
  a: { type: speak, config: { text: one two three } }
  ask: { type: ask, config: { title: T } }
  b: { type: work, config: { items: [x, y, z], text: done } }
  wait: { type: rest, config: { ms: 20 } }
  end: { type: reply, config: { text: "{{ a.text }} {{ b.text }}" } }`;
      const edges = "start -> a, a -> ask, ask -> b, b -> wait, wait -> end";
      try {
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.record({ take: fc.integer({ min: 1, max: 12 }), restart: fc.boolean() }), { maxLength: 8 }),
            async (visits) => {
              const runId = await driver.start([nodes, edges]);
              const seen: RunEvent[] = [];
              const visit = async (most: number): Promise<void> => {
                let left = most;
                for await (const event of driver.service.events({ runId, after: seen.length })) {
                  if (event.type === "step.waiting" && event.path === "ask/answer") {
                    void answerSoon(driver, runId);
                  }
                  if (!isDurable(event)) continue;
                  seen.push(event);
                  if (--left === 0) break;
                }
              };
              for (const { take, restart } of visits) {
                await visit(take);
                if (restart) await driver.reopen();
              }
              void answerSoon(driver, runId);
              await visit(Infinity);
              expect(seen).toEqual(driver.service.recorded(runId));
              expect(seen.at(-1)).toMatchObject({ type: "run.completed", output: { text: "one two three done" } });
            },
          ),
          { numRuns: 40 },
        );
      } finally {
        await driver.dispose();
      }
    },
  );
});

/** Answers the run's question if it is open now. */
async function answerSoon(driver: ServiceDriver, runId: string): Promise<void> {
  for (const { path } of driver.service.waits({ kind: "task", runId })) {
    await driver.service.answer({ runId, path, value: { choice: "yes" } });
  }
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceDriver } from "../testing/service-driver.ts";

const ASKING: [string, string] = [
  `
  ask: { type: ask, config: { title: "Is {{ start.value }} right?" } }
  after: { type: echo, config: { value: "{{ ask.answer }}" } }`,
  "start -> ask, ask -> after",
];
const LISTENING: [string, string] = [
  `a: { type: listen, config: { event: paid, key: "{{ start.value }}" } }`,
  "start -> a",
];
const LISTENING_TO_ALL: [string, string] = [`a: { type: listen, config: { event: paid } }`, "start -> a"];

describe("waits", () => {
  let driver: ServiceDriver;
  beforeEach(() => {
    driver = new ServiceDriver();
  });
  afterEach(() => driver.dispose());
  const parked = (runId: string) =>
    expect.poll(() => driver.isParked(runId), { timeout: 5_000, interval: 5 }).toBe(true);

  it("are listed until they are answered, and the run goes on with the answer", async () => {
    const runId = await driver.start(ASKING);
    await driver.untilEvent(runId, "run.waiting");
    expect(driver.service.waits()).toMatchObject([
      { runId, flow: "test", path: "ask/answer", node: "ask", wait: { kind: "task", title: "Is in right?" } },
    ]);
    expect(driver.service.waits({ kind: "event" })).toEqual([]);
    expect(driver.service.waits({ kind: "task", runId })).toHaveLength(1);
    await driver.service.answer({ runId, path: "ask/answer", value: { choice: "yes", values: {} } });
    expect(driver.service.waits()).toEqual([]);
    const done = await driver.untilEvent(runId, "step.completed", "after");
    expect(done.output).toMatchObject({ value: { choice: "yes" } });
    expect(driver.service.list()).toMatchObject([{ state: "succeeded" }]);
  });

  it("take one answer", async () => {
    const runId = await driver.start(ASKING);
    await driver.untilEvent(runId, "run.waiting");
    const answer = (path: string) => driver.service.answer({ runId, path, value: { choice: "yes" } });
    await expect(answer("nowhere")).rejects.toMatchObject({ code: "run.not-waiting" });
    const all = await Promise.allSettled([answer("ask/answer"), answer("ask/answer")]);
    expect(all.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await driver.last(runId);
    await expect(answer("ask/answer")).rejects.toMatchObject({ code: "run.not-waiting" });
    await expect(driver.service.answer({ runId: "nobody", path: "a", value: { choice: "yes" } })).rejects.toMatchObject(
      {
        code: "not-found",
      },
    );
  });

  it("tell who watches them", async () => {
    let told = 0;
    const leave = driver.service.watchWaits(() => told++);
    const runId = await driver.start(ASKING);
    await expect.poll(() => driver.service.waits().length, { timeout: 5_000, interval: 5 }).toBe(1);
    expect(told).toBeGreaterThan(0);
    leave();
    const before = told;
    await driver.service.answer({ runId, path: "ask/answer", value: { choice: "yes" } });
    await driver.last(runId);
    expect(told).toBe(before);
  });

  it("leave memory and come back with the answer, missing nothing for who watches", async () => {
    const runId = await driver.start(ASKING);
    const watching = driver.read(runId);
    await parked(runId);
    expect(driver.service.list()).toMatchObject([{ runId, state: "waiting" }]);
    await driver.service.answer({ runId, path: "ask/answer", value: { choice: "yes" } });
    const events = await watching;
    expect(events.at(-1)?.type).toBe("run.completed");
    const seqs = events.flatMap((event) => ("seq" in event ? [event.seq] : []));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(driver.service.recorded(runId)).toEqual(events.filter((event) => "seq" in event));
    expect(driver.executed()).toEqual({ after: 1 });
  });

  it("end at their deadline, also when the run left memory", async () => {
    const runId = await driver.start([
      `ask: { type: ask, config: { title: T, within: 300 } }\nlate: { type: echo, config: { value: late } }`,
      "start -> ask, ask.late -> late",
    ]);
    await parked(runId);
    expect(driver.service.waits()[0]!.until).toBeGreaterThan(Date.now() - 1_000);
    expect(await driver.last(runId)).toMatchObject({ type: "run.completed" });
    expect(driver.executed()).toEqual({ late: 1 });
    expect(driver.service.waits()).toEqual([]);
  });

  it("may be weeks long, and a clock that jumps there wakes them", async () => {
    const weeks = 21 * 86_400_000;
    const runId = await driver.start([`a: { type: rest, config: { ms: ${weeks} } }`, "start -> a"]);
    await parked(runId);
    expect(driver.service.waits()).toMatchObject([{ path: "a/pause", wait: { kind: "delay" } }]);
    expect(driver.service.waits()[0]!.until).toBeGreaterThan(Date.now() + weeks - 60_000);
    await driver.shut();
    const now = Date.now;
    try {
      Date.now = () => now() + weeks;
      driver.open();
      expect(driver.service.resumeUnfinished()).toEqual([]);
      expect(await driver.last(runId)).toMatchObject({ type: "run.completed" });
    } finally {
      Date.now = now;
    }
  });

  it("keep an answer that came right before the host ended", async () => {
    const runId = await driver.start(ASKING);
    await parked(runId);
    // Another process (or one that ends at once) only keeps the answer: it carries out nothing.
    await driver.shut();
    driver.open();
    await driver.service.answer({ runId, path: "ask/answer", value: { choice: "yes" } });
    expect(await driver.reopen()).toEqual([runId]);
    expect((await driver.untilEvent(runId, "step.completed", "after")).output).toMatchObject({
      value: { choice: "yes" },
    });
  });

  it("are given up when the run is cancelled", async () => {
    const runId = await driver.start(ASKING);
    await parked(runId);
    await driver.service.cancel(runId);
    expect(await driver.last(runId)).toMatchObject({ type: "run.cancelled" });
    expect(driver.service.waits()).toEqual([]);
  });

  describe("for events", () => {
    const paid = (payload: number, more: { key?: string; id?: string } = {}) =>
      driver.service.send({ event: "paid", payload, ...more });

    it("wake those that name the event and its key", async () => {
      const [one, other] = await Promise.all([
        driver.start(LISTENING, { input: "A" }),
        driver.start(LISTENING, { input: "B" }),
      ]);
      const all = await driver.start(LISTENING_TO_ALL);
      for (const runId of [one, other, all]) await driver.untilEvent(runId, "run.waiting");
      expect(await driver.service.send({ event: "else", payload: 0 })).toBe(0);
      expect(await paid(1, { key: "A" })).toBe(2);
      expect((await driver.untilEvent(one, "step.completed", "a")).output).toEqual({ value: 1 });
      expect((await driver.untilEvent(all, "step.completed", "a")).output).toEqual({ value: 1 });
      expect(driver.service.waits()).toMatchObject([{ runId: other }]);
      expect(await paid(2)).toBe(0);
      expect(await paid(3, { key: "B" })).toBe(1);
      await driver.last(other);
    });

    it("find one that came before them, each event once", async () => {
      expect(await paid(1, { key: "A" })).toBe(0);
      expect(await paid(2, { key: "A" })).toBe(0);
      const first = await driver.start(LISTENING, { input: "A" });
      expect((await driver.untilEvent(first, "step.completed", "a")).output).toEqual({ value: 1 });
      const second = await driver.start(LISTENING, { input: "A" });
      expect((await driver.untilEvent(second, "step.completed", "a")).output).toEqual({ value: 2 });
      const third = await driver.start(LISTENING, { input: "A" });
      await parked(third);
      expect(driver.service.waits({ kind: "event" })).toMatchObject([{ runId: third }]);
    });

    it("count an id once", async () => {
      expect(await paid(1, { id: "x" })).toBe(0);
      expect(await paid(2, { id: "x" })).toBe(0);
      const runId = await driver.start([`a: { type: collect, config: { event: paid, times: 2 } }`, "start -> a"]);
      await driver.untilEvent(runId, "step.completed", "a/event 1");
      await parked(runId);
      expect(await paid(3, { id: "x" })).toBe(0);
      expect(await paid(4, { id: "y" })).toBe(1);
      expect((await driver.untilEvent(runId, "step.completed", "a")).output).toEqual({ values: [1, 4] });
    });

    it("forget it after a day", async () => {
      const now = Date.now;
      await paid(1);
      try {
        Date.now = () => now() + 86_400_001;
        const runId = await driver.start(LISTENING_TO_ALL);
        await driver.untilEvent(runId, "run.waiting");
        await expect.poll(() => driver.service.waits().length, { timeout: 5_000, interval: 5 }).toBe(1);
        await driver.service.cancel(runId);
      } finally {
        Date.now = now;
      }
    });

    it("wake many runs at once", async () => {
      const ids = await Promise.all(Array.from({ length: 250 }, () => driver.start(LISTENING_TO_ALL)));
      await Promise.all(ids.map(parked));
      expect(await paid(5)).toBe(250);
      for (const runId of ids) expect((await driver.last(runId)).type).toBe("run.completed");
      expect(driver.service.waits()).toEqual([]);
    });
  });
});

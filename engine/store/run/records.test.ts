import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contractFlow } from "../../run/driver-contract.ts";
import { ServiceDriver } from "../testing/service-driver.ts";

const BULKY: [string, string] = [
  `
  a: { type: bulk, config: { size: 100000 } }
  b: { type: bulk, config: { size: 10 } }
  c: { type: echo, config: { value: "{{ a.text.startsWith('') ? b.text : '' }}" } }
  end: { type: reply, config: { text: "{{ a.text }}" } }`,
  "start -> a, a -> b, b -> c, c -> end",
];

describe("records of runs", () => {
  let driver: ServiceDriver;
  beforeEach(() => {
    driver = new ServiceDriver();
  });
  afterEach(() => driver.dispose());
  const blobs = () => {
    const folder = join(driver.folder, "blobs");
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  };

  describe("a start with an idempotency key", () => {
    it("happens once, also after the host started anew", async () => {
      const starts = Array.from({ length: 5 }, () => driver.start(BULKY, { idempotencyKey: "k" }));
      const [first, ...others] = await Promise.all(starts);
      expect(new Set(others)).toEqual(new Set([first]));
      await driver.last(first!);
      await driver.reopen();
      expect(await driver.start(BULKY, { idempotencyKey: "k" })).toBe(first);
      expect(await driver.start(BULKY, { idempotencyKey: "other" })).not.toBe(first);
      expect(driver.service.list()).toHaveLength(2);
    });
  });

  it("say what a run began with and was made from", async () => {
    const first = await driver.start(["a: { type: echo }", "start -> a"], { trigger: "start" });
    const debug = {
      given: { a: { output: { value: "given" }, from: "pinned" as const } },
      breakpoints: [],
      stepping: false,
    };
    const origin = { runId: first, kind: "fork" as const };
    const runId = await driver.start(["a: { type: echo }", "start -> a"], { debug, origin });
    expect((await driver.untilEvent(runId, "step.completed", "a")).output).toEqual({ value: "given" });
    await driver.last(first);
    expect(driver.executed()).toEqual({ a: 1 });
    expect(driver.service.list()).toMatchObject([
      { runId, origin },
      { runId: first, trigger: "start" },
    ]);
    expect(driver.service.recorded(first)[0]).toMatchObject({ type: "run.started", trigger: "start" });
  });

  describe("large values", () => {
    it("are kept out of events and journal, and can be read whole", async () => {
      const runId = await driver.start(BULKY);
      const done = await driver.untilEvent(runId, "step.completed", "a");
      expect(JSON.stringify(done).length).toBeLessThan(5_000);
      const { digest, bytes } = done.large!["output"]!;
      expect(bytes).toBeGreaterThan(100_000);
      expect(driver.service.value({ runId, digest })).toMatchObject({ text: expect.stringContaining("xxx") as string });
      const end = await driver.last(runId);
      expect(end).toMatchObject({ type: "run.completed" });
      const rows = driver.database.sql.prepare("SELECT max(length(body)) FROM turns").pluck().get();
      expect(Number(rows)).toBeLessThan(20_000);
      expect(() => driver.service.value({ runId, digest: "0".repeat(64) })).toThrow(
        expect.objectContaining({ code: "not-found" }),
      );
    });

    it("are the same after the host started anew", async () => {
      const runId = await driver.start([
        `a: { type: bulk, config: { size: 100000 } }\nw: { type: ask, config: { title: T } }\nend: { type: reply, config: { text: "{{ a.text }}" } }`,
        "start -> a, a -> w, w -> end",
      ]);
      await driver.untilEvent(runId, "run.waiting");
      await driver.reopen();
      await driver.service.answer({ runId, path: "w/answer", value: { choice: "yes" } });
      const end = await driver.last(runId);
      if (end.type !== "run.completed") throw new Error(end.type);
      const { digest } = end.large!["output"]!;
      const value = driver.service.value({ runId, digest }) as { text: string };
      expect(value.text.trim()).toHaveLength(100_000);
      expect(driver.executed()).toEqual({ a: 1 });
    });
  });

  describe("a replay", () => {
    it("tells the same as the recorded run, executing nothing", async () => {
      const runId = await driver.start([
        `
  a: { type: flaky, retry: { times: 2, backoff: 1ms }, config: { failures: 1 } }
  w: { type: work, config: { items: [x, y], text: done } }
  ask: { type: ask, config: { title: T } }
  big: { type: bulk, config: { size: 100000 } }
  end: { type: reply, config: { text: "{{ w.text }} {{ ask.answer }}" } }`,
        "start -> a, start -> w, a -> ask, w -> ask, ask -> big, big -> end",
      ]);
      await driver.untilEvent(runId, "run.waiting");
      await driver.service.answer({ runId, path: "ask/answer", value: { choice: "yes" } });
      await driver.last(runId);
      const executed = driver.executed();
      const before = Date.now();
      const replay = await driver.service.replay(runId);
      expect(replay).toEqual({ runId: replay.runId });
      const events = driver.service.recorded(replay.runId);
      expect(events).toEqual(driver.service.recorded(runId).map((event) => ({ ...event, runId: replay.runId })));
      expect(driver.executed()).toEqual(executed);
      expect(driver.service.list()[0]).toMatchObject({
        runId: replay.runId,
        state: "succeeded",
        origin: { runId, kind: "replay" },
      });
      expect(driver.service.list()[0]!.startedAt).toBeGreaterThanOrEqual(before);
      expect(await driver.service.replay(replay.runId)).not.toHaveProperty("diverged");
    });

    it("of a cancelled run ends as it did", async () => {
      const runId = await driver.start(["a: { type: hang }", "start -> a"]);
      await driver.read(runId, (event) => event.type === "step.delta");
      await driver.service.cancel(runId);
      const replay = await driver.service.replay(runId);
      expect(replay).not.toHaveProperty("diverged");
      expect(driver.service.recorded(replay.runId).at(-1)?.type).toBe("run.cancelled");
    });

    it("says where the run goes another way today", async () => {
      const runId = await driver.start(["a: { type: echo }\nb: { type: echo }", "start -> a, a -> b"]);
      await driver.last(runId);
      driver.service.list();
      const { sql } = driver.database;
      sql.prepare('UPDATE flow_versions SET document = replace(document, \'"to":"b"\', \'"to":"gone"\')').run();
      sql.prepare("UPDATE flow_versions SET document = replace(document, '\"b\":{', '\"gone\":{')").run();
      await driver.reopen();
      const replay = await driver.service.replay(runId);
      expect(replay.diverged).toBe("gone");
      expect(driver.service.recorded(replay.runId).at(-1)).toMatchObject({
        type: "run.failed",
        error: { code: "run.replay-diverged" },
      });
    });

    it("is of runs that ended", async () => {
      const runId = await driver.start(["a: { type: hang }", "start -> a"]);
      await expect(driver.service.replay(runId)).rejects.toMatchObject({ code: "run.still-running" });
    });
  });

  describe("flows that a flow runs", () => {
    it("are kept with the run as they were when it started", async () => {
      let inner = contractFlow(
        `w: { type: ask, config: { title: T } }\nend: { type: reply, config: { text: first } }`,
        "start -> w, w -> end",
      );
      await driver.dispose();
      driver = new ServiceDriver({ flows: async (name) => (name === "inner" ? inner : undefined) });
      const runId = await driver.start([`c: { type: call, config: { flow: inner } }`, "start -> c"]);
      await driver.untilEvent(runId, "run.waiting");
      inner = contractFlow(`end: { type: reply, config: { text: second } }`, "start -> end");
      await driver.reopen();
      const [wait] = driver.service.waits();
      await driver.service.answer({ runId, path: wait!.path, value: { choice: "yes" } });
      expect((await driver.untilEvent(runId, "step.completed", "c")).output).toMatchObject({ text: "first" });
      const replay = await driver.service.replay(runId);
      expect(replay).not.toHaveProperty("diverged");
    });
  });

  describe("removing", () => {
    it("takes a run that ended, with all that was kept of it", async () => {
      const runId = await driver.start(BULKY);
      await driver.last(runId);
      driver.service.remove(runId);
      expect(driver.service.list()).toEqual([]);
      await expect(driver.last(runId)).rejects.toMatchObject({ code: "not-found" });
      for (const table of ["turns", "runs", "waits", "held_values", "flow_versions"]) {
        expect(driver.database.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
      }
      const open = await driver.start(["a: { type: hang }", "start -> a"]);
      expect(() => driver.service.remove(open)).toThrow(expect.objectContaining({ code: "run.still-running" }));
    });

    it("by a policy takes the oldest of each flow, and large values that nobody holds any more", async () => {
      const ids = [];
      for (let index = 0; index < 4; index++) {
        const runId = await driver.start(BULKY, { name: index === 0 ? "other" : "test" });
        await driver.last(runId);
        ids.push(runId);
      }
      const waiting = await driver.start(["a: { type: hang }", "start -> a"], { name: "hangs" });
      const kept = blobs().length;
      const longAgo = new Date(Date.now() - 7 * 86_400_000);
      for (const file of blobs()) utimesSync(file, longAgo, longAgo);
      expect(driver.service.prune({ runs: 2 })).toBe(1);
      expect(driver.service.list().map((run) => run.runId)).toEqual([waiting, ids[3], ids[2], ids[0]]);
      expect(blobs().length).toBe((kept / 4) * 3);
      expect(driver.service.prune({ days: 1 })).toBe(0);
      driver.database.sql.prepare("UPDATE runs SET ended_at = ended_at - 2 * 86400000 WHERE id = ?").run(ids[2]);
      expect(driver.service.prune({ days: 1 })).toBe(1);
      expect(blobs().length).toBe((kept / 4) * 2);
      expect(driver.service.list()).toHaveLength(3);
    });
  });
});

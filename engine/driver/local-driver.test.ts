import { describe, expect, it } from "vitest";
import { createCatalog } from "../node/catalog.ts";
import type { Completion, DriverOperation } from "../run/driver.ts";
import { contractFlow } from "../run/driver-contract.ts";
import type { DurableEvent, RunEvent } from "../run/events.ts";
import { execute } from "../run/execute.ts";
import { planOrThrow } from "../run/plan.ts";
import { CONTRACT_NODES } from "../run/testing/nodes.ts";
import { probeServices } from "../run/testing/probe.ts";
import type { Journal, Told, Turn } from "./journal.ts";
import { LocalDriver } from "./local-driver.ts";

const catalog = createCatalog(CONTRACT_NODES);

/** A journal that notes what it is told, in one line with what else happens. */
function notingJournal(log: string[], recorded: Told[] = []): Journal {
  return {
    recorded: () => recorded.values(),
    lastSeq: 0,
    append({ told, events }) {
      log.push(`record ${told.map((one) => ("id" in one ? one.id : "cancelled")).join(" ")}`.trim());
      log.push(...events.filter((event) => event.type === "step.completed").map((event) => `durable ${event.path}`));
    },
  };
}

function driverOf(journal: Journal | undefined, publish: (event: RunEvent) => void = () => undefined): LocalDriver {
  return new LocalDriver({ startedAt: 1, now: () => 5, publish, ...(journal && { journal }) });
}

const operation = (id: string, value = id): DriverOperation => ({ kind: "run", id, run: () => ({ ok: true, value }) });

describe("a local driver", () => {
  it("makes a step durable before anything that depends on it begins, and before it is told", async () => {
    const log: string[] = [];
    const driver = driverOf(
      notingJournal(log),
      (event) => event.type === "step.completed" && log.push(`tell ${event.path}`),
    );
    const flow = contractFlow("a: { type: echo }\nb: { type: echo }\nc: { type: echo }", "start -> a, a -> b, b -> c");
    const services = probeServices(({ what, path }) => log.push(`${what} ${path}`));
    await execute(planOrThrow(flow, catalog), { runId: "r", flow: "f", revision: "1", input: 1, services, driver });
    const step = (key: string) => [`executed ${key}`, `record ${key}#1`, `durable ${key}`, `tell ${key}`];
    expect(log).toEqual(["record", "durable start", "tell start", ...step("a"), ...step("b"), ...step("c")]);
  });

  it("records all that arrived together at once", async () => {
    const log: string[] = [];
    const driver = driverOf(notingJournal(log));
    for (const id of ["a#1", "b#1", "c#1"]) driver.start(operation(id));
    const told = [await driver.next(), await driver.next(), await driver.next()];
    expect(told.map((one) => "id" in one && one.id)).toEqual(["a#1", "b#1", "c#1"]);
    driver.finish();
    expect(log).toEqual(["record a#1 b#1 c#1"]);
  });

  it("tells recorded completions again without executing them, then goes on", async () => {
    const executed: string[] = [];
    const noting = (id: string): DriverOperation => ({
      kind: "run",
      id,
      run: () => (executed.push(id), { ok: true, value: "new" }),
    });
    const recorded: Completion[] = [{ id: "b#1", at: 3, result: { ok: true, value: "old" } }];
    const driver = driverOf(notingJournal([], recorded));
    driver.start(noting("a#1"));
    driver.start(noting("b#1"));
    expect(await driver.next()).toEqual(recorded[0]);
    expect(await driver.next()).toEqual({ id: "a#1", at: 5, result: { ok: true, value: "new" } });
    expect(executed).toEqual(["a#1"]);
  });

  it("says so when the flow no longer takes a recorded step", () => {
    const driver = driverOf(notingJournal([], [{ id: "gone#1", at: 3, result: { ok: true, value: 1 } }]));
    driver.start(operation("a#1"));
    expect(() => driver.next()).toThrow(
      expect.objectContaining({ code: "run.replay-diverged", params: { operation: "gone#1" } }),
    );
  });

  it("finishes a recorded run's sleep at the time that was meant", async () => {
    const recorded: Completion[] = [{ id: "a#1", at: 10, result: { ok: true, value: 1 } }];
    let now = 3_600_000;
    const journal = notingJournal([], recorded);
    const driver = new LocalDriver({ startedAt: 1, now: () => now++, publish: () => undefined, journal });
    driver.start(operation("a#1"));
    await driver.next();
    driver.start({ kind: "sleep", id: "a#1/backoff", ms: 3_599_000 });
    expect(await driver.next()).toMatchObject({ id: "a#1/backoff" });
  });

  it("tells nothing of an abandoned operation, however it ends", async () => {
    const driver = driverOf(undefined);
    let aborted = false;
    driver.start({
      kind: "run",
      id: "slow#1",
      run: ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            resolve({ ok: true, value: "late" });
          });
        }),
    });
    driver.start(operation("fast#1"));
    driver.start(operation("other#1"));
    expect(await driver.next()).toMatchObject({ id: "fast#1" });
    driver.abandon("slow#1");
    driver.abandon("other#1");
    driver.start(operation("last#1"));
    expect(await driver.next()).toMatchObject({ id: "last#1" });
    expect(aborted).toBe(true);
  });

  it("stops where it is interrupted", async () => {
    const driver = driverOf(undefined);
    driver.start({ kind: "sleep", id: "long", ms: 3_600_000 });
    const next = driver.next();
    driver.interrupt();
    await expect(next).rejects.toMatchObject({ code: "run.interrupted" });
    expect(() => driver.next()).toThrow(expect.objectContaining({ code: "run.interrupted" }));
  });

  it("keeps live text behind the events that lead to it", async () => {
    const told: string[] = [];
    const driver = driverOf(notingJournal([]), (event) => told.push(event.type));
    driver.record({ type: "step.skipped", runId: "r", seq: 1, at: 1, path: "a", node: "a" } satisfies DurableEvent);
    driver.live({ type: "answer.delta", runId: "r", n: 0, text: "x" });
    expect(told).toEqual([]);
    driver.finish();
    driver.live({ type: "answer.delta", runId: "r", n: 1, text: "y" });
    expect(told).toEqual(["step.skipped", "answer.delta", "answer.delta"]);
  });

  describe("cancelled", () => {
    it("says so once, records it, gives up what is in flight, and then runs what starts anew", async () => {
      const cancel = new AbortController();
      const kept: Told[] = [];
      const journal: Journal = {
        recorded: () => [].values(),
        lastSeq: 0,
        append: ({ told }) => void kept.push(...told),
      };
      const driver = new LocalDriver({
        startedAt: 1,
        now: () => 5,
        publish: () => undefined,
        signal: cancel.signal,
        journal,
      });
      driver.start({ kind: "sleep", id: "long", ms: 3_600_000 });
      const next = driver.next();
      cancel.abort();
      expect(await next).toEqual({ cancelled: true, at: 5 });
      driver.start(operation("undo#1"));
      expect(await driver.next()).toMatchObject({ id: "undo#1" });
      driver.finish();
      expect(kept).toMatchObject([{ cancelled: true }, { id: "undo#1" }]);
    });

    it("is told again at the same place in a replay", async () => {
      const recorded: Told[] = [
        { id: "a#1", at: 3, result: { ok: true, value: 1 } },
        { cancelled: true, at: 4 },
        { id: "undo#1", at: 5, result: { ok: true, value: 2 } },
      ];
      const driver = driverOf(notingJournal([], recorded));
      driver.start(operation("a#1"));
      driver.start({ kind: "sleep", id: "long", ms: 3_600_000 });
      expect(driver.next()).toEqual(recorded[0]);
      expect(driver.next()).toEqual(recorded[1]);
      driver.start(operation("undo#1"));
      expect(driver.next()).toEqual(recorded[2]);
      driver.start(operation("more#1"));
      expect(await driver.next()).toMatchObject({ id: "more#1" });
    });
  });

  describe("waiting for an answer", () => {
    const wait = { kind: "event", event: "paid" } as const;
    const signal: DriverOperation = { kind: "signal", id: "w", path: "w", wait };

    it("gets it, records it as a completion, and tells when it only waits", async () => {
      const log: string[] = [];
      let rests = 0;
      const journal = notingJournal(log);
      const driver = new LocalDriver({
        startedAt: 1,
        now: () => 5,
        publish: () => undefined,
        journal,
        rests: () => rests++,
      });
      driver.start(signal);
      driver.start({ kind: "sleep", id: "deadline", ms: 1_000 });
      const next = driver.next();
      expect(rests).toBe(1);
      expect(driver.rest).toEqual({ wakeAt: 1_001 });
      driver.answer("elsewhere", 0);
      driver.answer("w", 7);
      expect(await next).toEqual({ id: "w", at: 5, result: { ok: true, value: 7 } });
      driver.abandon("deadline");
      expect(driver.rest).toBeUndefined();
      driver.finish();
      expect(log).toEqual(["record", "record w"]);
    });

    it("gets one that came before it was asked for", async () => {
      const driver = new LocalDriver({
        startedAt: 1,
        now: () => 5,
        publish: () => undefined,
        answers: new Map([["w", 7]]),
      });
      driver.start(signal);
      expect(await driver.next()).toMatchObject({ id: "w", result: { value: 7 } });
    });

    it("says which waits begin and end, with the turn that brings that about", async () => {
      const changes: Pick<Turn, "opened" | "closed">[] = [];
      const journal: Journal = {
        recorded: () => [].values(),
        lastSeq: 0,
        append: ({ opened, closed }) => void changes.push({ ...(opened && { opened }), ...(closed && { closed }) }),
      };
      const driver = driverOf(journal);
      driver.record({ type: "step.waiting", runId: "r", seq: 1, at: 1, path: "w", node: "n", wait, until: 9 });
      driver.start(signal);
      const next = driver.next();
      driver.answer("w", 7);
      await next;
      driver.finish();
      expect(changes).toEqual([
        { opened: [{ id: "w", path: "w", node: "n", wait, since: 1, until: 9 }] },
        { closed: ["w"] },
      ]);
    });
  });

  it("writes in between when very much happens before the next wait", () => {
    let appended = 0;
    let most = 0;
    const journal: Journal = {
      recorded: () => [].values(),
      lastSeq: 0,
      append({ events }) {
        appended += events.length;
        most = Math.max(most, events.length);
      },
    };
    const driver = driverOf(journal);
    for (let seq = 1; seq <= 10_500; seq++) {
      driver.record({ type: "step.skipped", runId: "r", seq, at: 1, path: "a", node: "a" });
    }
    expect(appended).toBe(10_000);
    driver.finish();
    expect(appended).toBe(10_500);
    expect(most).toBeLessThanOrEqual(1_000);
  });

  it("reads a journal only as far as the replay is", () => {
    let read = 0;
    function* recorded(): Generator<Told> {
      for (; read < 100_000;) yield { id: `s${read++}`, at: 1, result: { ok: true, value: 1 } };
    }
    const driver = driverOf({ recorded, lastSeq: 0, append: () => undefined });
    for (let index = 0; index < 10; index++) {
      driver.start(operation(`s${index}`));
      expect(driver.next()).toMatchObject({ id: `s${index}` });
    }
    expect(read).toBe(10);
  });
});

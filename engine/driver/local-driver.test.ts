import { describe, expect, it } from "vitest";
import { createCatalog } from "../node/catalog.ts";
import type { Completion, DriverOperation } from "../run/driver.ts";
import { contractFlow } from "../run/driver-contract.ts";
import type { DurableEvent, RunEvent } from "../run/events.ts";
import { execute } from "../run/execute.ts";
import { planOrThrow } from "../run/plan.ts";
import { CONTRACT_NODES } from "../run/testing/nodes.ts";
import { probeServices } from "../run/testing/probe.ts";
import type { Journal } from "./journal.ts";
import { LocalDriver } from "./local-driver.ts";

const catalog = createCatalog(CONTRACT_NODES);

/** A journal that notes what it is told, in one line with what else happens. */
function notingJournal(log: string[], recorded: Completion[] = []): Journal {
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
});

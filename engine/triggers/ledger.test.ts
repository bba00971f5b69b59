import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readFlow } from "../flow/index.ts";
import { HeddleError } from "../lib/errors/error.ts";
import { openDatabase } from "../store/database.ts";
import { temporaryFolder } from "../store/temporary-folder.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { TRIGGER_MIGRATIONS } from "./migrations.ts";
import { TriggerStore } from "./trigger-store.ts";

const { flow } = readFlow("heddle: 1\nname: Tick\n");
const FIRING = { flow: "tick", node: "clock", key: "schedule/tick/clock/1", input: { n: 1 } };

/** Runs by key, as a run service keeps them. */
class Runs {
  readonly started: string[] = [];
  fails: HeddleError | undefined;

  async start({ idempotencyKey }: { idempotencyKey?: string }) {
    await Promise.resolve();
    if (this.fails) throw this.fails;
    const id = idempotencyKey ?? `run ${this.started.length}`;
    if (!this.started.includes(id)) this.started.push(id);
    return id as never;
  }
}

function ledgerOn(path: string, runs: Runs): { ledger: Ledger; store: TriggerStore } {
  const database = openDatabase({ path, migrations: TRIGGER_MIGRATIONS });
  onTestFinished(() => database.close());
  const store = new TriggerStore(database);
  const version = () => ({ flow, revision: "1" });
  return { store, ledger: createLedger({ store, runs, version, changed: () => {} }) };
}

it("starts one run for one key, whoever fires and however often", async () => {
  const path = join(await temporaryFolder(), "triggers.sqlite");
  const runs = new Runs();
  const hosts = [ledgerOn(path, runs), ledgerOn(path, runs)];
  const fired = await Promise.all([...hosts, ...hosts].map(({ ledger }) => ledger.fire(FIRING)));
  expect(new Set(fired).size).toBe(1);
  expect(runs.started).toHaveLength(1);
  expect(hosts[1]!.store.mark("tick", "clock")).toMatchObject({ runId: fired[0] });
});

it("starts a run for every call without a key", async () => {
  const runs = new Runs();
  const { ledger } = ledgerOn(":memory:", runs);
  const { key: _, ...call } = FIRING;
  expect(await Promise.all([ledger.fire(call), ledger.fire(call)])).toEqual(["run 0", "run 1"]);
});

it("carries out what was decided and not begun, once", async () => {
  const path = join(await temporaryFolder(), "triggers.sqlite");
  const runs = new Runs();
  const killed = ledgerOn(path, runs);
  killed.store.decide({ ...FIRING, at: 1 });
  const next = ledgerOn(path, runs);
  await next.ledger.recover();
  await next.ledger.recover();
  expect(runs.started).toEqual([FIRING.key]);
  expect(next.store.open()).toEqual([]);
});

it("keeps a decision while the database is in trouble, and gives it up when the flow can't run", async () => {
  const runs = new Runs();
  const { ledger, store } = ledgerOn(":memory:", runs);
  runs.fails = new HeddleError("store.unavailable", { path: "x", detail: "x" });
  await expect(ledger.fire(FIRING)).rejects.toMatchObject({ code: "store.unavailable" });
  expect(store.open()).toHaveLength(1);
  runs.fails = new HeddleError("run.not-runnable", { flow: "tick", count: 1, problem: "x" });
  await ledger.recover();
  expect(store.open()).toEqual([]);
  expect(store.mark("tick", "clock").error).toMatchObject({ code: "run.not-runnable" });
  // Whoever calls again with the same key, the flow mended, is served.
  runs.fails = undefined;
  expect(await ledger.fire(FIRING)).toBe(FIRING.key);
  expect(store.mark("tick", "clock").error).toBeUndefined();
});

it("forgets what was carried out long ago, and nothing that is open", async () => {
  const runs = new Runs();
  const { ledger, store } = ledgerOn(":memory:", runs);
  await ledger.fire(FIRING);
  store.decide({ ...FIRING, key: "open", at: 1 });
  store.forget(Date.now() + 1);
  expect(store.runOf(FIRING.key)).toBeUndefined();
  expect(store.open().map(({ key }) => key)).toEqual(["open"]);
});

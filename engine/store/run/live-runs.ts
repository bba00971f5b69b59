import { createSqliteDriver } from "../../driver/sqlite-driver.ts";
import { HeddleError } from "../../lib/errors/error.ts";
import type { RunId } from "../../lib/ids.ts";
import type { RunEvent } from "../../run/events.ts";
import { execute } from "../../run/execute.ts";
import type { RunPlan } from "../../run/plan.ts";
import type { RunServiceOptions } from "../run-service.ts";
import type { StoredRun } from "../runs.ts";
import { LiveRun, RunChannel, type Watcher } from "./live-run.ts";
import { Parking } from "./parking.ts";
import type { Plans } from "./plans.ts";
import type { RunStores } from "./run-stores.ts";
import type { Answered } from "./wait-store.ts";

/** So many parked runs are woken before the process looks after other things. */
const WOKEN_AT_ONCE = 100;

/** The runs that are under way in this process, and those that rest until something wakes them. */
export class LiveRuns {
  private readonly stores: RunStores;
  private readonly options: RunServiceOptions;
  private readonly plans: Plans;
  private readonly parking: Parking;
  private readonly live = new Map<number, LiveRun>();
  /** Of parked runs that somebody watches. */
  private readonly channels = new Map<number, RunChannel>();
  /** Whether runs are carried out here: a process that only reads leaves those that rest to the one that runs them. */
  private isActive = false;

  constructor(stores: RunStores, plans: Plans, options: RunServiceOptions) {
    this.stores = stores;
    this.plans = plans;
    this.options = options;
    this.parking = new Parking({
      parkAfter: options.parkAfter,
      park: (live, wakeAt) => this.park(live, wakeAt),
      wakeDue: (now) => this.wakeDue(now),
      nextWake: () => stores.runs.nextWake(),
    });
  }

  /** Carries out a new run; its start is recorded when this resolves. @throws HeddleError `store.*` */
  async begin(run: StoredRun, plan: RunPlan): Promise<void> {
    this.activate();
    const live = this.carryOut(run, plan, true);
    if (live.driver!.lastSeq > 0) return;
    await live.over;
    if (live.failure !== undefined) throw live.failure;
  }

  /** Goes on with what an earlier process left. */
  resumeAll(runs: readonly StoredRun[]): RunId[] {
    this.activate();
    return runs.flatMap((run) => (!this.live.has(run.number) && this.resume(run) ? [run.runId] : []));
  }

  /** The watcher gets what is told from now on; undefined when nothing more will be told here. */
  watch(run: StoredRun, watcher: Watcher): (() => void) | undefined {
    const { number } = run;
    const live = this.live.get(number);
    if (live) return live.channel.watch(watcher);
    if (!this.isActive || !this.stores.runs.isParked(number)) return undefined;
    const channel = this.channels.get(number) ?? new RunChannel();
    this.channels.set(number, channel);
    const leave = channel.watch(watcher);
    return () => {
      leave();
      if (!channel.isWatched && this.channels.get(number) === channel) this.channels.delete(number);
    };
  }

  async cancel(run: StoredRun): Promise<void> {
    const live = this.live.get(run.number) ?? this.resume(run);
    live?.abort.abort();
    await live?.over;
  }

  /** Gives answers to their runs, waking those that rest. */
  hand(answers: readonly Answered[]): void {
    for (const { run, path, value } of answers) {
      const live = this.live.get(run);
      if (live) live.driver?.answer(path, value);
    }
    if (this.isActive && answers.some(({ run }) => !this.live.has(run))) this.parking.wakeNow();
  }

  /** Waits that began may have found their event. */
  handOver(): void {
    this.hand(this.stores.mailbox.takeMatched());
    this.stores.mailbox.tell();
  }

  /** Resolves when no run is under way: each has ended or rests. */
  async settled(): Promise<void> {
    for (;;) {
      const busy = [...this.live.values()].filter((live) => !live.driver?.rest);
      if (busy.length === 0) return;
      // One that comes to rest is parked before long, which ends it here.
      await Promise.all(busy.map((live) => live.over));
    }
  }

  async close(): Promise<void> {
    this.parking.close();
    const all = [...this.live.values()];
    for (const live of all) live.driver?.interrupt();
    await Promise.all(all.map((live) => live.over));
    for (const channel of this.channels.values()) channel.end(new HeddleError("run.interrupted"));
    this.channels.clear();
  }

  private activate(): void {
    if (this.isActive) return;
    this.isActive = true;
    this.parking.schedule();
  }

  /** Undefined when the flow can no longer be planned: the run then ends as failed. */
  private resume(run: StoredRun): LiveRun | undefined {
    this.stores.runs.unpark(run.number);
    try {
      return this.carryOut(
        run,
        this.plans.of(run.version, () => this.stores.runs.flowOf(run.runId)!),
      );
    } catch (thrown) {
      const channel = this.takeChannel(run.number);
      this.giveUp(run, thrown, channel);
      channel.end();
      return undefined;
    }
  }

  private carryOut(run: StoredRun, plan: RunPlan, isNew = false): LiveRun {
    const live = new LiveRun(run, this.takeChannel(run.number));
    const { runId, name, revision, input, startedAt, trigger, debug } = run;
    const { turns, values, mailbox } = this.stores;
    const driver = createSqliteDriver({
      turns,
      run,
      startedAt,
      signal: live.abort.signal,
      isNew,
      publish: (event) => live.channel.publish(event),
      rests: () => this.parking.rests(live),
      ...(values && { values }),
      ...(!isNew && { answers: mailbox.answersFor(run.number) }),
    });
    live.driver = driver;
    this.live.set(run.number, live);
    live.over = execute(plan, {
      runId,
      flow: name,
      revision,
      input,
      services: this.options.services,
      driver,
      ...(trigger !== undefined && { trigger }),
      ...(debug && { debug }),
    }).then(
      () => this.ended(live),
      (failure: unknown) => this.stopped(live, failure),
    );
    return live;
  }

  private ended(live: LiveRun, failure?: unknown): void {
    live.failure = failure;
    this.parking.forget(live);
    this.live.delete(live.run.number);
    live.channel.end(failure);
  }

  /** The driver failed. Trouble with the database or closing leaves the run to be resumed; anything else would only fail again. */
  private stopped(live: LiveRun, failure: unknown): void {
    if (live.parked) return;
    live.driver?.interrupt();
    this.ended(live, isResumable(failure) ? failure : this.giveUp(live.run, failure, live.channel));
  }

  /** Ends the run as failed. Returns what stands in the way of that. */
  private giveUp(run: StoredRun, failure: unknown, channel: RunChannel): unknown {
    try {
      const journal = this.stores.turns.journal(run);
      const error = HeddleError.from(failure).toJSON();
      const event: RunEvent = { type: "run.failed", runId: run.runId, seq: journal.lastSeq + 1, at: Date.now(), error };
      journal.append({ told: [], events: [event] });
      channel.publish(event);
      return undefined;
    } catch (thrown) {
      return thrown;
    }
  }

  private park(live: LiveRun, wakeAt: number | undefined): void {
    const { number } = live.run;
    this.stores.turns.foldIfPossible();
    this.stores.runs.park(number, wakeAt);
    live.parked = true;
    this.live.delete(number);
    if (live.channel.isWatched) this.channels.set(number, live.channel);
    live.driver?.interrupt();
  }

  private wakeDue(now: number): boolean {
    const due = this.stores.runs.due(now, WOKEN_AT_ONCE);
    for (const run of due) if (!this.live.has(run.number)) this.resume(run);
    return due.length === WOKEN_AT_ONCE;
  }

  private takeChannel(number: number): RunChannel {
    const channel = this.channels.get(number) ?? new RunChannel();
    this.channels.delete(number);
    return channel;
  }
}

function isResumable(failure: unknown): boolean {
  return failure instanceof HeddleError && (failure.code === "run.interrupted" || failure.code.startsWith("store."));
}

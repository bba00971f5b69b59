import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Cancellation, Completion, Driver, DriverOperation, LargeValue, LiveText } from "../run/driver.ts";
import type { DurableEvent, RunEvent } from "../run/events.ts";
import type { Journal, LargeValues, Told } from "./journal.ts";
import { OperationRunner } from "./operation-runner.ts";
import { Replay } from "./replay.ts";
import { TurnBuffer } from "./turn-buffer.ts";
import { Waits } from "./waits.ts";

export interface LocalDriverOptions {
  startedAt: number;
  now(): number;
  /** Cancels the run. */
  signal?: AbortSignal;
  /** Gets every event once: durable ones after they are durable. */
  publish(event: RunEvent): void;
  /** Without one nothing outlives the process. */
  journal?: Journal;
  values?: LargeValues;
  /** Answers that came while the run wasn't under way, by path. */
  answers?: ReadonlyMap<string, JsonValue>;
  /** Called when nothing is in flight any more but waits: the run could leave memory now. */
  rests?(): void;
}

interface Waiter {
  resolve(next: Told): void;
  reject(reason: unknown): void;
}

/**
 * Runs operations in this process. With a journal: the journal answers first, and operations begin only after everything that led to them is
 * durable. All that completed since the last wait goes into the journal at once.
 */
export class LocalDriver implements Driver {
  readonly startedAt: number;
  private readonly options: LocalDriverOptions;
  private readonly runner: OperationRunner;
  private readonly replay: Replay;
  private readonly waits: Waits;
  private readonly turn: TurnBuffer;
  private latest: number;
  /** Started and not yet launched; in a replay, what the journal may answer. */
  private readonly pending = new Map<string, { operation: DriverOperation; since: number }>();
  private arrived: Completion[] = [];
  private waiter: Waiter | undefined;
  private interrupted = false;
  private cancelTold = false;

  constructor(options: LocalDriverOptions) {
    this.options = options;
    this.startedAt = options.startedAt;
    this.latest = options.startedAt;
    this.replay = new Replay(options.journal?.recorded());
    this.waits = new Waits(options.answers);
    this.turn = new TurnBuffer(options);
    this.runner = new OperationRunner((completion) => this.arrive(completion), options.now);
    options.signal?.addEventListener("abort", () => this.waiter && this.settle(this.tellCancellation()), {
      once: true,
    });
  }

  start(operation: DriverOperation): void {
    this.pending.set(operation.id, { operation, since: this.latest });
  }

  next(): Told | Promise<Told> {
    const again = this.replay.next();
    if (again) return this.tellAgain(again);
    if (this.arrived.length === 0) {
      this.commit();
      if (!this.isStopped) this.launch();
    }
    if (this.interrupted) throw new HeddleError("run.interrupted");
    if (this.isCancelled) return this.tellCancellation();
    const completion = this.arrived.shift();
    return completion ? this.deliver(completion) : this.wait();
  }

  abandon(id: string): void {
    this.pending.delete(id);
    if (this.arrived.length > 0) this.arrived = this.arrived.filter((completion) => completion.id !== id);
    this.runner.abandon(id);
    this.waits.close(id);
  }

  finish(): void {
    this.waits.closeAll();
    this.commit();
    this.runner.abandonAll();
  }

  hold(value: JsonValue): LargeValue | undefined {
    const held = this.options.values?.hold(value);
    if (held) this.turn.hold(held.digest);
    return held;
  }

  record(event: DurableEvent): void {
    if (event.type === "step.waiting") this.waits.announce(event);
    this.turn.record(event);
  }

  live(event: LiveText): void {
    this.turn.live({ ...event, at: this.options.now() });
  }

  /** Completes what waits under this path. In a replay the answer is kept until it is waited for. */
  answer(path: string, value: JsonValue): void {
    const id = this.waits.answer(path, value);
    if (id !== undefined) this.runner.complete(id, { ok: true, value });
  }

  /** Stops here, leaving the run unfinished: what is in flight is aborted and `next` fails. */
  interrupt(): void {
    this.interrupted = true;
    this.runner.abandonAll();
    this.arrived = [];
    this.waiter?.reject(new HeddleError("run.interrupted"));
  }

  /** Whether nothing is under way but waits; `wakeAt` is when the first of them is over by itself. */
  get rest(): { wakeAt?: number } | undefined {
    if (!this.waiter || this.pending.size > 0 || this.runner.isWorking) return undefined;
    const wakeAt = this.runner.nextDue;
    return wakeAt === undefined ? {} : { wakeAt };
  }

  /** The last event that is recorded. */
  get lastSeq(): number {
    return this.options.journal?.lastSeq ?? 0;
  }

  private get isStopped(): boolean {
    return this.interrupted || this.isCancelled;
  }

  /** Asked again after every commit: who hears of an event may cancel the run on the spot. */
  private get isCancelled(): boolean {
    return !this.cancelTold && this.options.signal?.aborted === true;
  }

  private tellAgain(told: Told): Told {
    this.latest = told.at;
    if ("cancelled" in told) {
      this.giveUp();
      return told;
    }
    const answered = this.pending.get(told.id);
    if (!answered) throw new HeddleError("run.replay-diverged", { operation: told.id });
    this.pending.delete(told.id);
    this.waits.forget(answered.operation);
    return told;
  }

  private tellCancellation(): Cancellation {
    const cancellation: Cancellation = { cancelled: true, at: this.options.now() };
    this.latest = cancellation.at;
    this.turn.tell(cancellation);
    this.giveUp();
    return cancellation;
  }

  /** Ends what is in flight; what starts from now on runs as usual. */
  private giveUp(): void {
    this.cancelTold = true;
    this.pending.clear();
    this.arrived = [];
    this.runner.abandonAll();
    this.waits.closeAll();
  }

  private launch(): void {
    if (this.pending.size === 0) return;
    const launched = [...this.pending.values()];
    this.pending.clear();
    for (const { operation, since } of launched) {
      if (operation.kind === "run") this.runner.run(operation);
      else if (operation.kind === "sleep") this.runner.sleep(operation.id, since + operation.ms);
      else this.ask(operation);
    }
  }

  private ask({ id, path }: DriverOperation & { kind: "signal" }): void {
    this.runner.ask(id);
    const value = this.waits.answered(path);
    if (value !== undefined) this.runner.complete(id, { ok: true, value });
  }

  private arrive(completion: Completion): void {
    if (this.waiter) this.settle(this.deliver(completion));
    else this.arrived.push(completion);
  }

  private settle(next: Told): void {
    const { resolve } = this.waiter!;
    this.waiter = undefined;
    resolve(next);
  }

  private deliver(completion: Completion): Completion {
    this.latest = completion.at;
    this.waits.close(completion.id);
    this.turn.tell(completion);
    return completion;
  }

  private wait(): Promise<Told> {
    return new Promise((resolve, reject) => {
      this.waiter = { resolve, reject };
      if (this.options.rests && !this.runner.isWorking) this.options.rests();
    });
  }

  private commit(): void {
    this.turn.commit(this.waits.changes(this.pending.values()));
  }
}

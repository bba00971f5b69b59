import { HeddleError } from "../lib/errors/error.ts";
import type { Cancellation, Completion, Driver, DriverOperation, LiveText, OperationResult } from "../run/driver.ts";
import type { DurableEvent, RunEvent } from "../run/events.ts";
import { OperationRunner } from "./operation-runner.ts";

/** Where a local driver keeps a run: what was recorded before, and a place to record more. */
export interface Journal {
  /** Completions in the order they were told before. */
  readonly recorded: readonly Completion[];
  /** The last event that was recorded before; 0 for a new run. */
  readonly lastSeq: number;
  /** Keeps completions and the events that they brought about, all or none. Durable when it returns. */
  append(completions: readonly Completion[], events: readonly DurableEvent[]): void;
}

export interface LocalDriverOptions {
  startedAt: number;
  now(): number;
  /** Cancels the run. */
  signal?: AbortSignal;
  /** Gets every event once: durable ones after they are durable. */
  publish(event: RunEvent): void;
  /** Without one nothing outlives the process. */
  journal?: Journal;
}

interface Waiter {
  resolve(next: Completion | Cancellation): void;
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
  private latest: number;
  private pending: { operation: DriverOperation; since: number }[] = [];
  private arrived: Completion[] = [];
  private delivered: Completion[] = [];
  private recorded: DurableEvent[] = [];
  private outbox: RunEvent[] = [];
  private waiter: Waiter | undefined;
  private interrupted = false;

  constructor(options: LocalDriverOptions) {
    this.options = options;
    this.startedAt = options.startedAt;
    this.latest = options.startedAt;
    this.replay = new Replay(options.journal?.recorded ?? []);
    this.runner = new OperationRunner((id, result) => this.arrive(id, result));
    options.signal?.addEventListener("abort", () => this.waiter?.resolve(this.cancellation()), { once: true });
  }

  start(operation: DriverOperation): void {
    if (!this.replay.expects(operation.id)) this.pending.push({ operation, since: this.latest });
  }

  next(): Completion | Cancellation | Promise<Completion | Cancellation> {
    const again = this.replay.next();
    if (again) {
      this.latest = again.at;
      return again;
    }
    if (this.arrived.length === 0) {
      this.commit();
      if (!this.isStopped) this.launch();
    }
    if (this.interrupted) throw new HeddleError("run.interrupted");
    if (this.isStopped) return this.cancellation();
    const completion = this.arrived.shift();
    return completion ? this.deliver(completion) : this.wait();
  }

  abandon(id: string): void {
    this.pending = this.pending.filter(({ operation }) => operation.id !== id);
    this.arrived = this.arrived.filter((completion) => completion.id !== id);
    this.runner.abandon(id);
  }

  finish(): void {
    this.commit();
    this.runner.abandonAll();
  }

  /** Stops here, leaving the run unfinished: what is in flight is aborted and `next` fails. */
  interrupt(): void {
    this.interrupted = true;
    this.runner.abandonAll();
    this.arrived = [];
    this.waiter?.reject(new HeddleError("run.interrupted"));
  }

  record(event: DurableEvent): void {
    const { journal, publish } = this.options;
    if (!journal) return publish(event);
    if (event.seq <= journal.lastSeq) return;
    this.recorded.push(event);
    this.outbox.push(event);
  }

  live(event: LiveText): void {
    const stamped = { ...event, at: this.options.now() };
    if (this.outbox.length > 0) this.outbox.push(stamped);
    else this.options.publish(stamped);
  }

  /** Asked again after every commit: who hears of an event may cancel the run on the spot. */
  private get isStopped(): boolean {
    return this.interrupted || this.options.signal?.aborted === true;
  }

  private cancellation(): Cancellation {
    return { cancelled: true, at: this.options.now() };
  }

  private launch(): void {
    const launched = this.pending;
    if (launched.length === 0) return;
    this.pending = [];
    for (const { operation, since } of launched) {
      if (operation.kind === "run") this.runner.run(operation);
      else this.runner.sleep(operation.id, since + operation.ms - this.options.now());
    }
  }

  private arrive(id: string, result: OperationResult): void {
    this.arrived.push({ id, at: this.options.now(), result });
    if (!this.waiter) return;
    const { resolve } = this.waiter;
    this.waiter = undefined;
    resolve(this.deliver(this.arrived.shift()!));
  }

  private deliver(completion: Completion): Completion {
    this.latest = completion.at;
    if (this.options.journal) this.delivered.push(completion);
    return completion;
  }

  private wait(): Promise<Completion | Cancellation> {
    return new Promise((resolve, reject) => {
      this.waiter = { resolve, reject };
    });
  }

  private commit(): void {
    if (this.recorded.length > 0 || this.delivered.length > 0) {
      this.options.journal!.append(this.delivered, this.recorded);
      this.delivered = [];
      this.recorded = [];
    }
    if (this.outbox.length === 0) return;
    const told = this.outbox;
    this.outbox = [];
    for (const event of told) this.options.publish(event);
  }
}

/** The recorded completions of an earlier incarnation, told again in their order. */
class Replay {
  private readonly recorded: readonly Completion[];
  private readonly ids: ReadonlySet<string>;
  private readonly started = new Set<string>();
  private position = 0;

  constructor(recorded: readonly Completion[]) {
    this.recorded = recorded;
    this.ids = new Set(recorded.map((completion) => completion.id));
  }

  /** Whether the operation's completion is recorded, so that it needn't be executed. */
  expects(id: string): boolean {
    if (!this.ids.has(id)) return false;
    this.started.add(id);
    return true;
  }

  next(): Completion | undefined {
    if (this.position >= this.recorded.length) return undefined;
    const completion = this.recorded[this.position++]!;
    if (!this.started.has(completion.id)) throw new HeddleError("run.replay-diverged", { operation: completion.id });
    return completion;
  }
}

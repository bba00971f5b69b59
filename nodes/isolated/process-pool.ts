import { WaitingLine } from "../../engine/lib/waiting-line.ts";
import type { Handler } from "./channel.ts";
import { IsolatedProcess, type ProcessSpec } from "./isolated-process.ts";

export interface PoolOptions {
  /** How many processes there may be; more jobs wait in line. */
  size: number;
  /** ms that a process is kept without work. */
  idle: number;
  /** Methods that the processes may call, by the job that they work on. */
  handlers?(job: () => unknown): Readonly<Record<string, Handler>>;
  /** Run once in each new process, before its first job. @throws what the job then throws */
  prepare?(process: IsolatedProcess, signal: AbortSignal): Promise<void>;
}

interface Member {
  process: IsolatedProcess;
  ready: boolean;
  job: unknown;
  idle?: NodeJS.Timeout;
}

/** A few processes of one kind. Each works on one job at a time, so that one which crashes or hangs takes no other job with it. */
export class ProcessPool {
  readonly #spec: ProcessSpec;
  readonly #options: PoolOptions;
  readonly #members = new Set<Member>();
  readonly #free: Member[] = [];
  readonly #line = new WaitingLine();
  #closed = false;
  #retired = false;

  constructor(spec: ProcessSpec, options: PoolOptions) {
    this.#spec = spec;
    this.#options = options;
  }

  /** Runs a job on a process of its own. `job` is what the pool's handlers see. */
  async use<T>(signal: AbortSignal, work: (process: IsolatedProcess) => Promise<T>, job?: unknown): Promise<T> {
    const member = await this.#take(signal);
    member.job = job;
    member.process.hold(true);
    try {
      if (!member.ready) await this.#options.prepare?.(member.process, signal);
      member.ready = true;
      return await work(member.process);
    } finally {
      member.job = undefined;
      this.#release(member);
    }
  }

  /** Ends every process as soon as it has no work: the pool is replaced, but whoever still has it can use it. */
  retire(): void {
    this.#retired = true;
    for (const member of this.#free.splice(0)) void this.#drop(member);
  }

  /** Ends all processes, and the jobs on them. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#line.all();
    await Promise.all([...this.#members].map((member) => this.#drop(member)));
  }

  async #take(signal: AbortSignal): Promise<Member> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#closed) throw new Error("these processes were closed");
      const free = this.#free.pop();
      if (free?.process.alive) {
        clearTimeout(free.idle);
        return free;
      }
      if (free) this.#members.delete(free);
      else if (this.#members.size < this.#options.size) return this.#start();
      else await this.#line.join(signal);
    }
  }

  #start(): Member {
    const box: { member?: Member } = {};
    const process = new IsolatedProcess(this.#spec, this.#options.handlers?.(() => box.member?.job) ?? {});
    const member: Member = { process, ready: false, job: undefined };
    box.member = member;
    this.#members.add(member);
    return member;
  }

  #release(member: Member): void {
    if (this.#closed || this.#retired || !member.process.alive || !member.ready) void this.#drop(member);
    else {
      member.process.hold(false);
      member.idle = setTimeout(() => {
        this.#free.splice(this.#free.indexOf(member), 1);
        void this.#drop(member);
      }, this.#options.idle).unref();
      this.#free.push(member);
    }
    this.#line.next();
  }

  async #drop(member: Member): Promise<void> {
    clearTimeout(member.idle);
    this.#members.delete(member);
    await member.process.end();
  }
}

import { availableParallelism } from "node:os";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import { WaitingLine } from "../lib/waiting-line.ts";
import type { Sandbox, SandboxRequest } from "../node/services.ts";
import { SandboxWorker } from "./sandbox-worker.ts";

export interface SandboxOptions {
  /** How many pieces of code may run at once; the rest wait in line. */
  workers?: number;
}

/** At least two, so that one piece of code that uses its whole time doesn't hold up all others. */
const usualWorkers = () => Math.min(8, Math.max(2, availableParallelism()));

/** Code steps in QuickJS, each in a fresh interpreter on one of a few worker threads that are started when needed and kept. */
export function createSandbox(options: SandboxOptions = {}): Sandbox & { dispose(): Promise<void> } {
  return new WorkerPool(options.workers ?? usualWorkers());
}

class WorkerPool implements Sandbox {
  readonly #size: number;
  readonly #idle: SandboxWorker[] = [];
  readonly #all = new Set<SandboxWorker>();
  readonly #line = new WaitingLine();
  #disposed = false;

  constructor(size: number) {
    this.#size = size;
  }

  async run(request: SandboxRequest): Promise<{ value: JsonValue; logs: string[] }> {
    request.signal.throwIfAborted();
    const worker = await this.#take(request.memoryLimit, request.signal);
    try {
      const outcome = await worker.run(request);
      if (!outcome.ok) throw new HeddleError(outcome.code, { ...outcome.params, ...printed(outcome.logs) });
      return { value: JSON.parse(outcome.value) as JsonValue, logs: outcome.logs };
    } finally {
      this.#release(worker);
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#line.all();
    await Promise.all([...this.#all].map((worker) => worker.end()));
  }

  async #take(memoryLimit: number, signal: AbortSignal): Promise<SandboxWorker> {
    while (!this.#disposed) {
      const fitting = this.#idle.findIndex((worker) => worker.memoryLimit === memoryLimit);
      if (fitting !== -1) return this.#idle.splice(fitting, 1)[0]!;
      if (this.#all.size >= this.#size) this.#drop(this.#idle.shift());
      if (this.#all.size < this.#size) {
        const worker = new SandboxWorker(memoryLimit);
        this.#all.add(worker);
        return worker;
      }
      await this.#line.join(signal);
    }
    throw new HeddleError("internal", { detail: "the sandbox was closed" });
  }

  #release(worker: SandboxWorker): void {
    if (worker.usable && !this.#disposed) this.#idle.push(worker);
    else this.#drop(worker);
    this.#line.next();
  }

  #drop(worker: SandboxWorker | undefined): void {
    if (!worker) return;
    this.#all.delete(worker);
    void worker.end();
  }
}

/** The last that failed code printed: mostly what its author looks for. */
function printed(logs: readonly string[] = []): { printed?: string } {
  const text = logs.slice(-10).join("\n").slice(-1000);
  return text === "" ? {} : { printed: text };
}

import { randomInt } from "node:crypto";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SandboxRequest } from "../node/services.ts";
import { fault, type SandboxJob, type SandboxOutcome, type SandboxReply } from "./job.ts";

/** How long past its limit code may keep the thread busy before the thread is ended: the interpreter checks its own clock first. */
const GRACE = 1000;

/** One thread with an interpreter whose memory can't grow past a limit. Runs one job at a time. */
export class SandboxWorker {
  /** False once it must be replaced. */
  usable = true;
  /** bytes */
  readonly memoryLimit: number;
  readonly #worker: Worker;
  readonly #ready: Promise<unknown>;

  constructor(memoryLimit: number) {
    this.memoryLimit = memoryLimit;
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: { memoryLimit },
      env: {},
      // Stripping types is still marked experimental in Node 24; that is for developers of Node's users, not for ours.
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 8 },
    });
    // A thread that waits for work doesn't keep the process alive.
    this.#worker.unref();
    this.#worker.on("error", () => (this.usable = false));
    this.#worker.on("exit", () => (this.usable = false));
    this.#ready = once(this.#worker, "message");
    this.#ready.catch(() => (this.usable = false));
  }

  /** @throws the signal's reason when aborted; a failure of the thread itself is told as `code.crashed`. */
  async run(request: SandboxRequest): Promise<SandboxOutcome> {
    this.#worker.ref();
    try {
      await this.#ready;
      request.signal.throwIfAborted();
      return await this.#exchange(request);
    } finally {
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    this.usable = false;
    await this.#worker.terminate();
  }

  #exchange({ signal, ...request }: SandboxRequest): Promise<SandboxOutcome> {
    const stop = new SharedArrayBuffer(4);
    const { seed = randomInt(2 ** 32), now = Date.now() } = request;
    const job: SandboxJob = { ...request, seed, now, input: JSON.stringify(request.input), stop };
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(watchdog);
        signal.removeEventListener("abort", onAbort);
        this.#worker.off("message", onReply).off("error", onError).off("exit", onExit);
        end();
      };
      const lose = (outcome: SandboxOutcome) => {
        this.usable = false;
        settle(() => resolve(outcome));
      };
      const onReply = ({ outcome, spent }: SandboxReply) => {
        if (spent) this.usable = false;
        settle(() => (signal.aborted ? reject(signal.reason as Error) : resolve(outcome)));
      };
      const onError = (error: unknown) =>
        lose(fault("code.crashed", { detail: error instanceof Error ? error.message : String(error) }));
      const onExit = () => lose(fault("code.crashed", { detail: "its thread ended" }));
      const onAbort = () => {
        Atomics.store(new Int32Array(stop), 0, 1);
        watchdog = setTimeout(() => lose(fault("code.time-limit", { limit: request.timeLimit })), GRACE);
      };
      let watchdog = setTimeout(
        () => lose(fault("code.time-limit", { limit: request.timeLimit })),
        request.timeLimit + GRACE,
      );
      signal.addEventListener("abort", onAbort, { once: true });
      this.#worker.on("message", onReply).on("error", onError).on("exit", onExit);
      this.#worker.postMessage(job);
    });
  }
}

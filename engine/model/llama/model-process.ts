import { fork, type ChildProcess } from "node:child_process";
import { HeddleError } from "../../lib/errors/error.ts";
import { deathError } from "./death.ts";
import type { FromProcess, GenerateRequest, GenerateResult, LoadedModel, LoadRequest, ToProcess } from "./protocol.ts";

export interface CallListener {
  signal: AbortSignal | undefined;
  onDelta(kind: "text" | "thought", text: string): void;
}

interface PendingCall {
  resolve(result: GenerateResult): void;
  reject(error: unknown): void;
  listener: CallListener;
}

export interface ProcessEvents {
  onMemory(bytes: number): void;
  /** Once, when the process is gone without having been asked to go. */
  onDeath(error: HeddleError): void;
}

const ENTRY = new URL("./process.ts", import.meta.url);

/** One running model process: loads when made, answers calls until it ends. It is its maker's to end. */
export class ModelProcess {
  readonly pid: number;
  /** Resolves when the model is ready. @throws HeddleError `model.load-failed`, `model.process-died`, `model.unloaded` */
  readonly loaded: Promise<LoadedModel>;
  readonly #child: ChildProcess;
  readonly #id: string;
  readonly #events: ProcessEvents;
  readonly #pending = new Map<number, PendingCall>();
  readonly #ready = Promise.withResolvers<LoadedModel>();
  readonly #ended = Promise.withResolvers<void>();
  #lastCall = 0;
  #over: HeddleError | undefined;

  constructor(request: LoadRequest, events: ProcessEvents) {
    this.#id = request.id;
    this.#events = events;
    // One libuv thread: each would grow its own team of OpenMP threads, and the teams fight over the cores.
    const env = { ...process.env, UV_THREADPOOL_SIZE: "1" };
    this.#child = fork(ENTRY, {
      env,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
      serialization: "json",
    });
    this.pid = this.#child.pid ?? 0;
    this.loaded = this.#ready.promise;
    this.loaded.catch(() => undefined);
    this.#child.on("message", (message: FromProcess) => this.#receive(message));
    this.#child.on("error", (cause) => {
      this.#end(new HeddleError("model.load-failed", { model: this.#id, detail: cause.message }, { cause }));
      // A process that never started never exits.
      if (this.pid === 0) this.#ended.resolve();
    });
    this.#child.on("exit", (code, signal) => {
      this.#end(deathError(this.#id, code, signal));
      this.#ended.resolve();
    });
    this.#send({ type: "load", request });
  }

  /** @throws HeddleError `model.*`; the signal's reason when it is aborted */
  async generate(request: GenerateRequest, listener: CallListener): Promise<GenerateResult> {
    listener.signal?.throwIfAborted();
    await this.loaded;
    if (this.#over) throw this.#over;
    const call = ++this.#lastCall;
    const abort = () => this.#send({ type: "abort", call });
    listener.signal?.addEventListener("abort", abort, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(call, { resolve, reject, listener });
        this.#send({ type: "generate", call, request });
      });
    } finally {
      this.#pending.delete(call);
      listener.signal?.removeEventListener("abort", abort);
    }
  }

  get busy(): boolean {
    return this.#pending.size > 0;
  }

  /** Ends the process; resolves when it is gone. Pending calls fail with `model.unloaded`. */
  async stop(): Promise<void> {
    this.#over ??= new HeddleError("model.unloaded", { model: this.#id });
    this.#failPending(this.#over);
    this.#child.kill("SIGKILL");
    await this.#ended.promise;
  }

  #send(message: ToProcess): void {
    if (this.#child.connected) this.#child.send(message);
  }

  #receive(message: FromProcess): void {
    switch (message.type) {
      case "loaded":
        return this.#ready.resolve(message.model);
      case "load-failed":
        this.#end(HeddleError.fromJSON(message.error));
        this.#child.kill("SIGKILL");
        return;
      case "memory":
        return this.#events.onMemory(message.bytes);
      case "delta":
        return this.#pending.get(message.call)?.listener.onDelta(message.kind, message.text);
      case "done":
        return this.#pending.get(message.call)?.resolve(message.result);
      case "failed":
        return this.#pending.get(message.call)?.reject(HeddleError.fromJSON(message.error));
      case "aborted": {
        const pending = this.#pending.get(message.call);
        return pending?.reject(pending.listener.signal?.reason);
      }
    }
  }

  /** The first cause counts: a process that was stopped, or that failed to load, also exits. */
  #end(error: HeddleError): void {
    if (this.#over) return;
    this.#over = error;
    this.#failPending(error);
    this.#events.onDeath(error);
  }

  #failPending(error: HeddleError): void {
    this.#ready.reject(error);
    for (const call of this.#pending.values()) call.reject(error);
  }
}

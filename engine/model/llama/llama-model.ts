import type { HeddleError } from "../../lib/errors/error.ts";
import type { LlamaDefinition } from "../definition.ts";
import { validateGguf } from "./gguf/validate.ts";
import { ModelProcess, type CallListener } from "./model-process.ts";
import type { GenerateRequest, GenerateResult, LoadedModel } from "./protocol.ts";

export interface LlamaState {
  state: "idle" | "starting" | "ready" | "failed";
  device?: string;
  contextSize?: number;
  memory?: number;
  error?: HeddleError;
}

export interface LlamaModelOptions {
  onChange(): void;
  /** A process that nobody called for so long is ended; left out: never. */
  idleUnloadMs?: number | undefined;
  /** How long a process has to have been ready to be started again at once when it dies. */
  stableAfterMs?: number;
}

/** A process that dies sooner than this after it was ready isn't restarted before the next call: it might die forever. */
const STABLE_AFTER_MS = 5_000;

/** A GGUF with at most one process: started by the first call (or `load`), started again after it died. */
export class LlamaModel {
  readonly definition: LlamaDefinition;
  readonly #onChange: () => void;
  readonly #idleUnloadMs: number | undefined;
  readonly #stableAfterMs: number;
  #process: ModelProcess | undefined;
  #starting: Promise<ModelProcess> | undefined;
  #state: LlamaState = { state: "idle" };
  #readyAt = 0;
  #idleTimer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(definition: LlamaDefinition, options: LlamaModelOptions) {
    this.definition = definition;
    this.#onChange = options.onChange;
    this.#idleUnloadMs = options.idleUnloadMs;
    this.#stableAfterMs = options.stableAfterMs ?? STABLE_AFTER_MS;
  }

  get state(): LlamaState {
    return this.#state;
  }

  /** The process's id while there is one. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Checks the file and starts the process, unless it runs. @throws HeddleError `model.*` */
  async load(): Promise<LoadedModel> {
    return (await this.#running()).loaded;
  }

  async generate(request: GenerateRequest, listener: CallListener): Promise<GenerateResult> {
    const running = await this.#running();
    clearTimeout(this.#idleTimer);
    try {
      return await running.generate(request, listener);
    } finally {
      this.#armIdleUnload(running);
    }
  }

  /** Ends the process; the next call starts a new one. */
  async unload(): Promise<void> {
    clearTimeout(this.#idleTimer);
    await this.#starting?.catch(() => undefined);
    const running = this.#process;
    this.#process = undefined;
    this.#setState({ state: "idle" });
    await running?.stop();
  }

  /** Ends the process for good. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.unload();
  }

  #running(): Promise<ModelProcess> {
    if (this.#process) return Promise.resolve(this.#process);
    this.#starting ??= this.#start().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  async #start(): Promise<ModelProcess> {
    const { id, path, gpu, contextSize, sequences, threads } = this.definition;
    this.#setState({ state: "starting" });
    try {
      await validateGguf(id, path);
    } catch (error) {
      this.#setState({ state: "failed", error: error as HeddleError });
      throw error;
    }
    const started = new ModelProcess(
      {
        id,
        path,
        gpu,
        ...(contextSize && { contextSize }),
        ...(sequences && { sequences }),
        ...(threads && { threads }),
      },
      {
        onMemory: (memory) => this.#process === started && this.#setState({ ...this.#state, memory }),
        onDeath: (error) => this.#process === started && this.#onDeath(error),
      },
    );
    this.#process = started;
    void started.loaded.then(
      ({ device, contextSize: size }) => {
        this.#readyAt = performance.now();
        this.#setState({ ...this.#state, state: "ready", device, contextSize: size });
      },
      () => undefined,
    );
    return started;
  }

  #onDeath(error: HeddleError): void {
    const wasReady = this.#state.state === "ready";
    this.#process = undefined;
    this.#setState({ state: "failed", error });
    const stable = wasReady && performance.now() - this.#readyAt >= this.#stableAfterMs;
    if (stable && !this.#disposed) this.load().catch(() => undefined);
  }

  #armIdleUnload(running: ModelProcess): void {
    clearTimeout(this.#idleTimer);
    if (this.#idleUnloadMs === undefined || running.busy || this.#process !== running) return;
    this.#idleTimer = setTimeout(() => void this.unload(), this.#idleUnloadMs).unref();
  }

  #setState(state: LlamaState): void {
    this.#state = state;
    this.#onChange();
  }
}

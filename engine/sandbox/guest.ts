import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
  VmCallResult,
} from "quickjs-emscripten";
import { GuestLog } from "./guest-log.ts";
import { PRELUDE } from "./guest-prelude.ts";
import { fault, type SandboxJob, type SandboxOutcome } from "./job.ts";
import { FILE_NAME, toModule } from "./typescript.ts";

/** WebAssembly's unit of memory, and how much of it the interpreter starts with. */
export const PAGE = 65536;
export const OWN_PAGES = 256;

const STACK_LIMIT = 256 * 1024;
const OUTPUT_LIMIT = 8 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** Runs one job in an interpreter of its own: nothing of it is left when this returns. `intact`: the next job may use the module. */
export function runGuest(quickjs: QuickJSWASMModule, job: SandboxJob): { outcome: SandboxOutcome; intact: boolean } {
  // The interpreter copies its input twice before it looks at its limit, and crashes when that is too much.
  if ((job.input.length + job.source.length) * 3 > job.memoryLimit) return { outcome: outOfMemory(job), intact: true };
  const module = toModule(job.source);
  if (!module.ok) return { outcome: module.outcome, intact: true };
  const runtime = quickjs.newRuntime({ memoryLimitBytes: job.memoryLimit, maxStackSizeBytes: STACK_LIMIT });
  const context = runtime.newContext();
  const outcome = new Guest({ runtime, context, job, memory: quickjs.getWasmMemory() }).run(module.script);
  try {
    context.dispose();
    runtime.dispose();
    return { outcome, intact: true };
  } catch {
    // Out of memory in an unlucky place, the interpreter can lose count of its objects; it then refuses to close.
    return { outcome, intact: false };
  }
}

class GuestFailure extends Error {
  readonly outcome: SandboxOutcome;
  constructor(outcome: SandboxOutcome) {
    super("the guest failed");
    this.outcome = outcome;
  }
}

interface Surroundings {
  runtime: QuickJSRuntime;
  context: QuickJSContext;
  job: SandboxJob;
  memory: WebAssembly.Memory;
}

class Guest {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #job: SandboxJob;
  readonly #log = new GuestLog();
  readonly #memory: WebAssembly.Memory;
  readonly #stop: Int32Array;
  readonly #deadline: number;
  #over = false;

  constructor({ runtime, context, job, memory }: Surroundings) {
    this.#runtime = runtime;
    this.#context = context;
    this.#job = job;
    this.#memory = memory;
    this.#stop = new Int32Array(job.stop);
    this.#deadline = performance.now() + job.timeLimit;
    runtime.setInterruptHandler(() => this.#isOver());
  }

  run(script: string): SandboxOutcome {
    const context = this.#context;
    try {
      using prelude = this.#prepare();
      using exports = this.#settle(this.#use(context.evalCode(script, FILE_NAME, { type: "module" })));
      using main = context.getProp(exports, "default");
      using result = this.#settle(this.#callMain(main, prelude));
      using write = context.getProp(prelude, "write");
      using text = this.#use(context.callFunction(write, context.undefined, result));
      return { ok: true, value: context.getString(text), logs: this.#log.lines };
    } catch (error) {
      if (error instanceof GuestFailure) return { ...error.outcome, logs: this.#log.lines };
      throw error;
    }
  }

  #memoryGrowth(): number {
    return this.#memory.buffer.byteLength - OWN_PAGES * PAGE;
  }

  #isOver(): boolean {
    this.#over ||= performance.now() > this.#deadline || Atomics.load(this.#stop, 0) === 1;
    return this.#over;
  }

  #prepare(): QuickJSHandle {
    const context = this.#context;
    using make = this.#use(context.evalCode(PRELUDE, "prelude.js"));
    using print = context.newFunction("print", (line) => this.#log.add(context.getString(line)));
    const { seed, now } = this.#job;
    const facts = [seed, now, OUTPUT_LIMIT].map((fact) => context.newNumber(fact));
    return this.#use(context.callFunction(make, context.undefined, print, ...facts));
  }

  /** The default export called with the input; one that isn't a function is the result itself. */
  #callMain(main: QuickJSHandle, prelude: QuickJSHandle): QuickJSHandle {
    const context = this.#context;
    if (context.typeof(main) !== "function") return main.dup();
    using parse = context.getProp(prelude, "parse");
    using json = context.newString(this.#job.input);
    using input = this.#use(context.callFunction(parse, context.undefined, json));
    return this.#use(context.callFunction(main, context.undefined, input));
  }

  /** Runs pending jobs until a promise is settled; its value. Other values are settled already. */
  #settle(handle: QuickJSHandle): QuickJSHandle {
    const context = this.#context;
    for (;;) {
      const state = context.getPromiseState(handle);
      if (state.type === "fulfilled") {
        if (!state.notAPromise) handle.dispose();
        return state.value;
      }
      const failure = state.type === "rejected" ? this.#failure(state.error) : this.#runJobs();
      if (failure) {
        handle.dispose();
        throw failure;
      }
    }
  }

  #runJobs(): GuestFailure | undefined {
    if (!this.#runtime.hasPendingJob()) return new GuestFailure(fault("code.unsettled"));
    const jobs = this.#runtime.executePendingJobs(100);
    if (jobs.error) return this.#failure(jobs.error);
    // An interrupted job reports nothing by itself, and short ones are over before the interpreter asks for the time.
    if (this.#isOver()) return new GuestFailure(this.#explain(undefined));
    return undefined;
  }

  #use(result: VmCallResult<QuickJSHandle>): QuickJSHandle {
    if (result.error) throw this.#failure(result.error);
    return result.value;
  }

  #failure(error: QuickJSHandle): GuestFailure {
    const thrown: unknown = this.#context.dump(error);
    error.dispose();
    return new GuestFailure(this.#explain(thrown));
  }

  #explain(thrown: unknown): SandboxOutcome {
    const { timeLimit, memoryLimit } = this.#job;
    if (this.#over) return fault("code.time-limit", { limit: Math.round(timeLimit) });
    // With no memory left for an error object, the interpreter throws null.
    if (thrown === null && this.#memoryGrowth() > memoryLimit * 0.8) return outOfMemory(this.#job);
    if (!isThrownError(thrown))
      return fault("code.threw", { detail: JSON.stringify(thrown)?.slice(0, 500) ?? "nothing" });
    const { name, message, stack } = thrown;
    const line = Number(new RegExp(`${FILE_NAME}:(\\d+)`).exec(stack ?? "")?.[1] ?? 1);
    if (name === "InternalError" && message === "out of memory") return outOfMemory(this.#job);
    if (name === "InternalError" && message === "stack overflow") return fault("code.stack-limit", { line });
    if (name === "TypeError" && message === "heddle-output:")
      return fault("code.output-limit", { limit: OUTPUT_LIMIT / MEGABYTE });
    if (name === "TypeError" && message.startsWith("heddle:"))
      return fault("code.not-json", { detail: message.slice(7) });
    if (name === "TypeError" && message === "circular reference")
      return fault("code.not-json", { detail: "an object that contains itself" });
    if (name === "SyntaxError" && !stack?.includes("<eval>"))
      return fault("code.syntax", { line, detail: message.slice(0, 500) });
    return fault("code.failed", { line, detail: `${name}: ${message}`.slice(0, 500) });
  }
}

function outOfMemory({ memoryLimit }: SandboxJob): SandboxOutcome {
  return fault("code.memory-limit", { limit: Math.round((memoryLimit / MEGABYTE) * 10) / 10 });
}

interface ThrownError {
  name: string;
  message: string;
  stack?: string;
}

function isThrownError(thrown: unknown): thrown is ThrownError {
  if (typeof thrown !== "object" || thrown === null) return false;
  return (
    "name" in thrown && typeof thrown.name === "string" && "message" in thrown && typeof thrown.message === "string"
  );
}

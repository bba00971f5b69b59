import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonValue } from "../../engine/lib/json.ts";
import { ProcessPool } from "../isolated/process-pool.ts";
import type { IsolatedProcess } from "../isolated/isolated-process.ts";
import type { Source } from "./discover.ts";
import { permittedCalls, type Job } from "./permitted.ts";

const IDLE = 30_000;
/** MB of JavaScript objects for one process of a node. */
const MEMORY = 256;
const AT_ONCE = 4;

const here = (path: string) => realpathSync(fileURLToPath(new URL(path, import.meta.url)));

/** What the process itself is made of, and nothing else of this installation. */
function ownFiles(): string[] {
  const zod = dirname(fileURLToPath(import.meta.resolve("zod")));
  return [here("./guest"), here("../isolated"), realpathSync(zod), ...manifestsAbove(import.meta.dirname)];
}

/** Node looks into them to learn what kind of modules lie below. */
function manifestsAbove(folder: string): string[] {
  const manifest = join(folder, "package.json");
  const parent = dirname(folder);
  const above = parent === folder ? [] : manifestsAbove(parent);
  return existsSync(manifest) ? [realpathSync(manifest), ...above] : above;
}

/** The processes that the nodes of one source run in. Each step has one to itself. */
export class OriginHost {
  readonly #source: Source;
  readonly #loadLimit: number;
  readonly #pool: ProcessPool;

  constructor(source: Source, loadLimit: number) {
    this.#source = source;
    this.#loadLimit = loadLimit;
    const readable = [...ownFiles(), ...source.readable];
    this.#pool = new ProcessPool(
      {
        entry: new URL("./guest/main.ts", import.meta.url),
        execArgv: [
          "--permission",
          // For the thread that ends the process together with its maker; nodes have no way to start one.
          "--allow-worker",
          ...readable.map((path) => `--allow-fs-read=${path}`),
          `--max-old-space-size=${MEMORY}`,
        ],
      },
      {
        size: AT_ONCE,
        idle: IDLE,
        handlers: (job) => permittedCalls(() => job() as Job | undefined),
        prepare: async (process, signal) => void (await this.#load(process, signal)),
      },
    );
  }

  /** What the source declares, as unchecked data. @throws what it threw; the reason of a timeout when it hangs */
  async describe(): Promise<unknown[]> {
    const { signal } = new AbortController();
    const declared = await this.#pool.use(signal, (process) => this.#load(process, signal));
    return declared as unknown[];
  }

  /** Runs a node for a step, on a process that no other step uses meanwhile. */
  async run(
    call: { type: string; config: JsonValue; input: JsonValue },
    job: Job,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { idempotencyKey, seed, attempt } = job.ctx;
    const context = { idempotencyKey, seed, attempt };
    return this.#pool.use(
      signal,
      (process) => process.call("run", [call.type, call.config, call.input, context], signal),
      job,
    );
  }

  retire(): void {
    this.#pool.retire();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #load(process: IsolatedProcess, signal: AbortSignal): Promise<unknown> {
    return process.call(
      "load",
      [this.#source.entry.href],
      AbortSignal.any([signal, AbortSignal.timeout(this.#loadLimit)]),
    );
  }
}

import { fork, type ChildProcess } from "node:child_process";
import { HeddleError, serializedErrorSchema } from "../../engine/lib/errors/error.ts";
import { Channel, remoteError, type ErrorPacket, type Handler } from "./channel.ts";

/** How long a process may go on after it was told to stop. */
const GRACE = 500;
const TAIL = 2000;

export interface ProcessSpec {
  /** The script that the process runs. */
  entry: URL;
  /** Options of Node for it. */
  execArgv?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** The process ended while it was needed. `detail` says how, in words. */
export class ProcessEnded extends Error {
  readonly detail: string;
  constructor(detail: string) {
    super(`The process ended: ${detail}`);
    this.name = "ProcessEnded";
    this.detail = detail;
  }
}

/** A HeddleError that this side gave the process, and that came back from there, is one again. */
function revive(error: ErrorPacket): Error {
  const known = serializedErrorSchema.safeParse(error.known);
  return known.success ? HeddleError.fromJSON(known.data) : remoteError(error);
}

/** A process that answers calls, may make some, and takes nothing with it when it dies. It ends with this process, however that ends. */
export class IsolatedProcess {
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  readonly #channel: Channel;
  #lastWords = "";
  #alive = true;

  constructor({ entry, execArgv = [], env = {} }: ProcessSpec, handlers: Readonly<Record<string, Handler>>) {
    this.#child = fork(entry, {
      execArgv: ["--disable-warning=ExperimentalWarning", ...execArgv],
      env: { ...(process.versions["electron"] && { ELECTRON_RUN_AS_NODE: "1" }), ...env },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.#channel = new Channel((packet) => this.#send(packet), handlers, revive);
    this.#child.on("message", (packet) => this.#channel.receive(packet));
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-TAIL);
    });
    this.exited = new Promise((resolve) => {
      const end = (how: string) => {
        if (!this.#alive) return;
        this.#alive = false;
        this.#channel.close(new ProcessEnded(how));
        resolve(how);
      };
      this.#child.once("error", (error) => end(error.message));
      this.#child.once("close", (code, signal) => end(this.#explain(code, signal)));
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** @throws what the process threw; ProcessEnded when it died; the signal's reason when aborted, at most a moment later */
  async call(method: string, args: readonly unknown[], signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    let patience: NodeJS.Timeout | undefined;
    const lose = () => (patience = setTimeout(() => this.kill(), GRACE));
    signal.addEventListener("abort", lose, { once: true });
    try {
      const value = await this.#channel.call(method, args, signal);
      signal.throwIfAborted();
      return value;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(patience);
      signal.removeEventListener("abort", lose);
    }
  }

  /** While held, this process isn't kept from ending by the other. */
  hold(busy: boolean): void {
    if (busy) {
      this.#child.ref();
      this.#child.channel?.ref();
    } else {
      this.#child.unref();
      this.#child.channel?.unref();
      (this.#child.stderr as { unref?(): void } | null)?.unref?.();
    }
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Ends it; resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#alive) {
      // Whoever waits for the end must not end before it.
      this.hold(true);
      this.kill();
    }
    await this.exited;
  }

  #send(packet: unknown): void {
    // The callback takes the failure of a channel that closes meanwhile: the exit tells.
    if (this.#child.connected) this.#child.send(packet as object, () => undefined);
  }

  #explain(code: number | null, signal: NodeJS.Signals | null): string {
    if (/heap out of memory|Allocation failed/.test(this.#lastWords)) return "it used more memory than it may";
    const how = signal ? `ended by ${signal}` : `exit code ${code}`;
    const words = this.#lastWords.split("\n").find((line) => /^\w*(Error|Exception)\b/.test(line.trim()));
    return words ? `${how}; ${words.trim().slice(0, 300)}` : how;
  }
}

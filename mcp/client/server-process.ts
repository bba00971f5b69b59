import type { ChildProcessByStdio } from "node:child_process";
import { spawnSync } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { getDefaultEnvironment } from "@modelcontextprotocol/sdk/client/stdio.js";
import spawn from "cross-spawn";
import type { LaunchPlan } from "./server-config.ts";
import { killGroup, watchdog } from "./watchdog.ts";

/** How long a server may take to end by itself, first after its input closed, then after SIGTERM. */
const PATIENCE = 700;
/** How long the pipes of a process that ended are read on. */
const LAST_MESSAGES = 500;
const TAIL_LENGTH = 2000;
/** In the desktop app `${HEDDLE_NODE}` is Electron, which is Node only when told so. */
const ELECTRON_AS_NODE: Record<string, string> = process.versions["electron"] ? { ELECTRON_RUN_AS_NODE: "1" } : {};

/**
 * A server's process with all of its descendants: it leads a process group of its own, which is ended as a whole, and which the
 * watchdog ends when this process can't.
 */
export class ServerProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves when the process is gone, with how it went in words. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #stderr = "";

  private constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child;
    this.stdin = child.stdin;
    this.stdout = child.stdout;
    child.stdin.on("error", () => {});
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-TAIL_LENGTH);
    });
    const group = child.pid!;
    watchdog.watch(group);
    this.exited = new Promise((resolve) => {
      child.once("exit", (code, signal) => {
        // What the server started and left behind goes with it.
        killGroupOf(group, "SIGKILL");
        watchdog.forget(group);
        const how = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
        // Its last messages may still be on the way; only a descendant that left the group can keep the pipes open.
        const drained = setTimeout(() => resolve(how), LAST_MESSAGES);
        child.once("close", () => {
          clearTimeout(drained);
          resolve(how);
        });
      });
    });
  }

  /** @throws the error of the operating system (ENOENT, EACCES). */
  static async start(plan: Extract<LaunchPlan, { transport: "stdio" }>): Promise<ServerProcess> {
    const child = spawn(plan.command, plan.args, {
      env: { ...getDefaultEnvironment(), ...ELECTRON_AS_NODE, ...plan.env },
      cwd: plan.cwd,
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    }) as ChildProcessByStdio<Writable, Readable, Readable>;
    // Both events come before any other of the process, so that none is missed.
    await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    return new ServerProcess(child);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** The last lines it wrote to standard error: where servers say why they stop. */
  get lastWords(): string {
    return this.#stderr.trim().split("\n").slice(-8).join("\n");
  }

  /** Ends the whole group: politely, then not. Resolves when the process is gone. */
  async end(): Promise<void> {
    this.stdin.end();
    const { pid } = this;
    const gone = this.exited.then(() => true);
    if (await Promise.race([gone, delay(PATIENCE, false)])) return;
    killGroupOf(pid, "SIGTERM");
    if (await Promise.race([gone, delay(PATIENCE, false)])) return;
    killGroupOf(pid, "SIGKILL");
    await gone;
  }
}

function killGroupOf(pid: number, signal: NodeJS.Signals): void {
  if (process.platform !== "win32") killGroup(pid, signal);
  else spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true, stdio: "ignore" });
}

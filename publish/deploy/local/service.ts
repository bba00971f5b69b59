import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import type { ProcessRecord } from "./cluster-file.ts";
import { bornAt } from "./process.ts";

/** How one service of the cluster is started and known to be ready. */
export interface ServiceSpec {
  name: string;
  url?: string;
  log: string;
  command(): { file: string; args: string[]; env?: NodeJS.ProcessEnv; cwd?: string };
  /** True for Heddle's own processes: they say themselves when they are ready, and end when the supervisor is gone. */
  speaks: boolean;
  /** Resolves once a real call succeeded. Aborted when the process ends first. */
  ready?(signal: AbortSignal): Promise<void>;
  stopSignal?: NodeJS.Signals;
}

export type ServiceState = "starting" | "ready" | "failed" | "stopped";

/** A service that is kept running: restarted when it dies, until it is stopped. */
export interface Service {
  readonly name: string;
  readonly url: string | undefined;
  readonly state: ServiceState;
  readonly detail: string | undefined;
  record(): ProcessRecord | undefined;
  /** Resolves when it is ready for the first time; rejects when its first start fails. */
  readonly started: Promise<void>;
  stop(): Promise<void>;
}

/** A process that lived this long was healthy: its next restart comes at once again. */
const HEALTHY_AFTER = 20_000;
const LONGEST_PAUSE = 10_000;
const STOP_GRACE = 8_000;

export interface ServiceHooks {
  changed(): void;
  /** Told of every process, so that somebody can end it should the supervisor be killed. */
  born(record: ProcessRecord): void;
  died(record: ProcessRecord): void;
}

export function keepRunning(spec: ServiceSpec, hooks: ServiceHooks): Service {
  let state: ServiceState = "starting";
  let detail: string | undefined;
  let current: ProcessRecord | undefined;
  const stopping = new AbortController();

  const become = (next: ServiceState, why?: string): void => {
    state = next;
    detail = why;
    hooks.changed();
  };

  async function runOnce(): Promise<string> {
    become("starting");
    const child = spawnService(spec);
    const exit = exitOf(child);
    const record = recordOf(spec.name, child);
    current = record;
    if (record) hooks.born(record);
    const alive = new AbortController();
    void exit.then(() => alive.abort());
    const ready = Promise.all([spec.speaks ? saysReady(child) : undefined, spec.ready?.(alive.signal)]).then(
      () => alive.signal.aborted || become("ready"),
      () => undefined,
    );
    const stop = (): void => void endChild(child, spec.stopSignal ?? "SIGTERM", exit);
    stopping.signal.addEventListener("abort", stop);
    if (stopping.signal.aborted) stop();
    const reason = await exit;
    stopping.signal.removeEventListener("abort", stop);
    await ready;
    current = undefined;
    if (record) hooks.died(record);
    return reason;
  }

  async function loop(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      const bornAtTime = Date.now();
      const reason = await runOnce();
      if (stopping.signal.aborted) break;
      failures = Date.now() - bornAtTime > HEALTHY_AFTER ? 1 : failures + 1;
      become("failed", `${reason}; ${logTail(spec.log, 3)}`);
      const pause = failures === 1 ? 0 : Math.min(LONGEST_PAUSE, 125 * 2 ** failures);
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    become("stopped");
  }

  const { started, settle } = firstStart(spec);
  const outer = hooks.changed;
  hooks = { ...hooks, changed: () => (settle(state, detail), outer()) };
  const finished = loop();
  return {
    name: spec.name,
    url: spec.url,
    get state() {
      return state;
    },
    get detail() {
      return detail;
    },
    record: () => current,
    started,
    async stop() {
      stopping.abort();
      await finished;
    },
  };
}

/** Three deaths before the first readiness are a failure; one can be an accident of a busy machine. */
function firstStart(spec: ServiceSpec): { started: Promise<void>; settle(state: ServiceState, detail?: string): void } {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  promise.catch(() => undefined);
  let deaths = 0;
  const settle = (state: ServiceState, detail?: string): void => {
    if (state === "ready") resolve();
    if (state === "stopped") reject(new Error(`${spec.name} was stopped`));
    if (state === "failed" && ++deaths === 3) reject(new Error(detail ?? "it ended"));
  };
  return { started: promise, settle };
}

function spawnService(spec: ServiceSpec): ChildProcess {
  mkdirSync(dirname(spec.log), { recursive: true });
  const log = openSync(spec.log, "a", 0o600);
  const { file, args, env, cwd } = spec.command();
  const options: SpawnOptions = {
    stdio: spec.speaks ? ["ignore", log, log, "ipc"] : ["ignore", log, log],
    env: { ...process.env, ...env },
    cwd,
    windowsHide: true,
  };
  try {
    return spawn(file, args, options);
  } finally {
    closeSync(log);
  }
}

function recordOf(name: string, child: ChildProcess): ProcessRecord | undefined {
  const born = child.pid === undefined ? undefined : bornAt(child.pid);
  return born === undefined ? undefined : { name, pid: child.pid!, born };
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`it couldn’t be started: ${error.message}`));
    child.once("exit", (code, signal) => resolve(signal ? `it was ended by ${signal}` : `it ended with code ${code}`));
  });
}

function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new Error("it ended before it was ready")));
  });
}

async function endChild(child: ChildProcess, name: NodeJS.Signals, exit: Promise<string>): Promise<void> {
  child.kill(name);
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_GRACE);
  await exit;
  clearTimeout(timer);
}

/** The last lines of a log without terminal colours, for a message to a person. */
export function logTail(path: string, lines: number): string {
  try {
    const text = readFileSync(path, "utf8").slice(-8_000);
    return stripVTControlCharacters(text).trim().split("\n").slice(-lines).join(" ⏎ ");
  } catch {
    return "its log is empty";
  }
}

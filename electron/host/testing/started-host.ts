import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { connectWebSocket, type HostClient } from "../../../engine/rpc/client/index.ts";

const MAIN = join(import.meta.dirname, "..", "main.ts");

/** A host as `npm start -- --no-open` runs it, with a client. */
export interface StartedHost {
  url: string;
  child: ChildProcess;
  client: HostClient;
  /** Sends a signal and resolves with how the process ended. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface StartOptions {
  home: string;
  project?: string;
  args?: string[];
  /** Gives the host a channel to us, as `npm start` does. */
  channel?: boolean;
  /** Kills the host (SIGKILL) when it aborts, also before it is up. */
  kill?: AbortSignal;
}

/** A fresh folder for one test's data, removed after it. */
export async function freshHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "heddle-host-"));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

/** Starts a host and resolves once it printed its address. Ended with the test. @throws Error with what it said when it ends before */
export async function startHost(options: StartOptions): Promise<StartedHost> {
  const child = launch(options);
  options.kill?.addEventListener("abort", () => child.kill("SIGKILL"), { once: true });
  const url = await address(child);
  const connection = new AbortController();
  const end = async (signal: NodeJS.Signals) => {
    connection.abort();
    const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    child.kill(signal);
    const [code, by] = await ended;
    return { code, signal: by };
  };
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await end("SIGTERM");
  });
  return { url, child, client: connectWebSocket(url, { signal: connection.signal }), end };
}

/** Starts a host that is expected not to come up: how it ended and what it said. */
export async function failedStart(options: StartOptions): Promise<{ code: number | null; said: string }> {
  const child = launch(options);
  let said = "";
  child.stderr!.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

function launch({ home, project, args = [], channel = false }: StartOptions): ChildProcess {
  const own = ["--no-open", ...(args.some((arg) => arg.startsWith("--port")) ? [] : ["--port", "0"])];
  const chosen = project === undefined ? [] : ["--project", project];
  return spawn(process.execPath, [MAIN, ...own, ...chosen, ...args], {
    env: { ...process.env, HEDDLE_HOME: home },
    stdio: channel ? ["ignore", "pipe", "pipe", "ipc"] : ["ignore", "pipe", "pipe"],
  });
}

function address(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface(child.stderr!).on("line", (line) => said.push(line));
    createInterface(child.stdout!).on("line", (line) => {
      const url = /Studio: (http:\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    });
    child.once("exit", (code) => reject(new Error(`the host ended with ${code}: ${said.join("\n")}`)));
  });
}

/** Ids of all processes below one, at any depth. POSIX only. */
export function descendants(pid: number): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const rows = table.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child!, ...below(child!)]);
  return below(pid);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

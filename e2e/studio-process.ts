import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A studio that `npm start` would open, started fresh with its own user data. */
export interface StudioProcess {
  url: string;
  home: string;
  child: ChildProcess;
  /** Ends it as Ctrl+C does, waits until it is gone, and removes its data. */
  stop(): Promise<void>;
}

export interface StudioOptions {
  /** Project folder; default: the sample project that a first start opens. */
  project?: string;
  home?: string;
}

/** Starts the built host the way `npm start -- --no-open` does and resolves once it printed its address. */
export async function startStudio(options: StudioOptions = {}): Promise<StudioProcess> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "heddle-e2e-")));
  const args = ["electron/host/main.ts", "--no-open", "--port", "0"];
  if (options.project) args.push("--project", options.project);
  const child = spawn(process.execPath, args, {
    cwd: new URL("..", import.meta.url),
    env: { ...process.env, HEDDLE_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await studioAddress(child);
  return {
    url,
    home,
    child,
    async stop() {
      await ended(child);
      if (!options.home) await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function studioAddress(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("the studio was started without pipes");
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface(stderr).on("line", (line) => said.push(line));
    createInterface(stdout).on("line", (line) => {
      said.push(line);
      const match = /Studio: (http:\S+)/.exec(line);
      if (match?.[1]) resolve(match[1]);
    });
    child.once("exit", (code) => reject(new Error(`the studio ended with ${code}:\n${said.join("\n")}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { McpServerConfig } from "../../engine/rpc/contract.ts";
import { CRASH_HOST, everything, isAlive, kill, odd, stubborn } from "./testing/servers.ts";

const started: ChildProcess[] = [];
afterEach(() => Promise.all(started.splice(0).map(kill)));

/** Starts a host in a process of its own; resolves with the process ids of its servers. */
async function startHost(servers: Record<string, McpServerConfig>, ...flags: string[]) {
  const child = spawn(process.execPath, [CRASH_HOST, JSON.stringify(servers), ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", (code) => reject(new Error(`the host ended with ${code}`)));
  });
  const pids = JSON.parse(line) as number[];
  expect(pids.every(Number.isInteger)).toBe(true);
  return { child, gone, pids };
}

/** Nothing tells when a stranger's process ends: it has to be looked for. */
const allGone = (pids: number[]) =>
  vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 50 });

describe.skipIf(process.platform === "win32")("no server outlives its host", () => {
  test.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)("ended by %s", async (signal) => {
    const { child, gone, pids } = await startHost({ everything, odd, stubborn });
    expect(pids.every(isAlive)).toBe(true);
    child.kill(signal);
    await gone;
    await allGone(pids);
  });

  test("ended by SIGTERM without a chance to clean up", async () => {
    const { child, gone, pids } = await startHost({ everything, stubborn }, "--no-dispose");
    child.kill("SIGTERM");
    await gone;
    await allGone(pids);
  });

  test("that leaves by process.exit: its servers are gone with it", async () => {
    const { gone, pids } = await startHost({ odd, stubborn }, "--no-dispose", "--exit");
    await gone;
    await allGone(pids);
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { ProcessEnded } from "./isolated-process.ts";
import { ProcessPool, type PoolOptions } from "./process-pool.ts";

const entry = new URL("./testing/busy-guest.ts", import.meta.url);
const { signal } = new AbortController();

function makePool(options: Partial<PoolOptions> = {}) {
  const pool = new ProcessPool({ entry }, { size: 2, idle: 60_000, ...options });
  onTestFinished(() => pool.close());
  const call = (method: string, args: unknown[] = [], own = signal, job?: unknown) =>
    pool.use(own, (process) => process.call(method, args, own), job);
  return { pool, call };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("calls go both ways, with bytes and errors", async () => {
  const { call } = makePool({
    handlers: (job) => ({ answer: ([question]) => `${String(question)} ${String(job())}` }),
  });
  expect(await call("echo", [{ bytes: new Uint8Array([1, 2]), list: [null] }])).toMatchObject({ list: [null] });
  const answers = await Promise.all([call("ask", ["who?"], signal, "me"), call("ask", ["who?"], signal, "you")]);
  expect(answers).toEqual(["who? me", "who? you"]);
  await expect(call("fail")).rejects.toMatchObject({ name: "RangeError", message: "as told" });
  await expect(call("nothing")).rejects.toThrow("nothing named “nothing”");
});

test("a process is used again, one that died is replaced, and more jobs than processes wait", async () => {
  const { call } = makePool({ size: 1 });
  const first = await call("pid");
  expect(await Promise.all([call("pid"), call("pid")])).toEqual([first, first]);
  await expect(call("exit", [3])).rejects.toBeInstanceOf(ProcessEnded);
  expect(await call("pid")).not.toBe(first);
});

test("an abort ends a process that doesn’t listen, and leaves the line", async () => {
  const { call } = makePool({ size: 1 });
  const pid = Number(await call("pid"));
  const abort = new AbortController();
  const spinning = call("spin", [], abort.signal);
  const waiting = new AbortController();
  const inLine = call("pid", [], waiting.signal);
  waiting.abort(new Error("not needed"));
  await expect(inLine).rejects.toThrow("not needed");
  abort.abort(new Error("enough"));
  await expect(spinning).rejects.toThrow("enough");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5000);
  expect(await call("echo", ["fine"])).toBe("fine");
});

test("processes without work end after a while", async () => {
  const { call } = makePool({ idle: 50 });
  const pid = Number(await call("pid"));
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5000);
});

test("a pool that was replaced serves on and keeps nothing", async () => {
  const { pool, call } = makePool();
  const before = Number(await call("pid"));
  pool.retire();
  const after = Number(await call("pid"));
  expect(after).not.toBe(before);
  await vi.waitFor(() => expect([before, after].map(isAlive)).toEqual([false, false]), 5000);
});

test("a closed pool ends jobs and takes none", async () => {
  const { pool, call } = makePool();
  await call("pid");
  const spinning = call("spin").catch((error: unknown) => error);
  await pool.close();
  expect(await spinning).toBeInstanceOf(ProcessEnded);
  await expect(call("pid")).rejects.toThrow("closed");
});

test.skipIf(process.platform === "win32")("a host that is killed takes its busy processes with it", async () => {
  const script = fileURLToPath(new URL("./testing/host-to-kill.ts", import.meta.url));
  const host = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void host.kill("SIGKILL"));
  const pids: number[] = [];
  for await (const line of createInterface({ input: host.stdout })) {
    if (pids.push(Number(line)) === 2) break;
  }
  expect(pids.map(isAlive)).toEqual([true, true]);
  host.kill("SIGKILL");
  await once(host, "exit");
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), 8000);
});

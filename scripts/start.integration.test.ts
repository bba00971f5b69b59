import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { descendants, isAlive } from "../electron/host/testing/started-host.ts";

const SCRIPTS = import.meta.dirname;

describe("npm start", { timeout: 180_000 }, () => {
  let home: string;
  // What a first start does on a fresh checkout; afterwards there is nothing left to build.
  beforeAll(() => ensureRendererBuilt(), 180_000);
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "heddle-start-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

  async function start(...args: string[]): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, [join(SCRIPTS, "start.mjs"), "--no-open", ...args], {
      env: { ...process.env, HEDDLE_HOME: home },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface(child.stdout!)) {
      const url = /^Studio: (http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{48})$/.exec(line)?.[1];
      if (url) return { child, url };
    }
    throw new Error("npm start ended without an address");
  }

  it("prints the studio's address, serves it, and ends with its host on a signal", async () => {
    const { child, url } = await start("--port", "0");
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
    const host = descendants(child.pid!);
    expect(host).not.toEqual([]);
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(0);
    expect(host.filter(isAlive)).toEqual([]);
  });

  it("leaves no host behind when it is killed itself", async () => {
    const { child } = await start("--port", "0");
    const host = descendants(child.pid!);
    child.kill("SIGKILL");
    await once(child, "exit");
    while (host.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 50));
  });

  it("passes on how its host failed", async () => {
    const child = spawn(process.execPath, [join(SCRIPTS, "start.mjs"), "--no-open", "--port", "nonsense"], {
      env: { ...process.env, HEDDLE_HOME: home },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr!.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    expect(code).toBe(1);
    expect(said.trim()).toBe("--port must be a number from 0 to 65535, not “nonsense”.");
  });
});

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker, type MessagePort } from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import { connectMessagePort } from "../engine/rpc/client/index.ts";

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "dist", "electron");

/** Plays Electron's part for the host's entry: gives it a parent port and brings it the page's end of a channel. */
const WINDOW = `
  const { parentPort, workerData, MessageChannel } = require("node:worker_threads");
  const { EventEmitter } = require("node:events");
  process.parentPort = new EventEmitter();
  parentPort.on("message", (data) => process.parentPort.emit("message", { data, ports: [] }));
  import(workerData.host).then(() => {
    const { port1, port2 } = new MessageChannel();
    process.parentPort.emit("message", { data: "heddle:port", ports: [port1] });
    parentPort.postMessage(port2, [port2]);
  });
`;

describe("the desktop's build", () => {
  beforeAll(() => {
    const built = spawnSync(process.execPath, [join(ROOT, "scripts", "build-electron.ts")], { encoding: "utf8" });
    expect(built.stderr.replace(/.*ExperimentalWarning.*\n.*\n/, "")).toBe("");
    expect(built.status).toBe(0);
  });

  it("bundles main with Electron as its only import besides Node, and the preload as one CommonJS file", () => {
    const imports = [...readFileSync(join(OUT, "main.js"), "utf8").matchAll(/^import .* from "([^"]+)"/gm)].map(
      (match) => match[1]!,
    );
    expect(imports.filter((name) => !name.startsWith("node:"))).toEqual(["electron"]);
    const preload = readFileSync(join(OUT, "preload.cjs"), "utf8");
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(["electron"]);
    expect(preload).not.toContain("contextBridge");
  });

  it("mirrors the host as JavaScript that points at JavaScript", () => {
    const files = globSync("app/**/*.js", { cwd: OUT }).filter((file) => !file.includes("samples"));
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const source = readFileSync(join(OUT, file), "utf8");
      expect(source.match(/^\s*(import|export) .*from "\.{1,2}\/[^"]+\.ts"/gm), file).toBeNull();
      expect(source.match(/new URL\("[^"]+\.ts", import\.meta\.url\)/g), file).toBeNull();
    }
  });

  it("serves a window from the mirrored host and ends when asked", async () => {
    const home = mkdtempSync(join(tmpdir(), "heddle-utility-"));
    const host = new Worker(WINDOW, {
      eval: true,
      workerData: { host: pathToFileURL(join(OUT, "app", "electron", "host", "utility.js")).href },
      env: { ...process.env, HEDDLE_HOME: home },
    });
    try {
      const [port] = (await once(host, "message")) as [MessagePort];
      const client = connectMessagePort(port as never);
      expect((await client.system.info({})).project?.path).toBe(join(home, "projects", "support-desk"));
      expect((await client.flows.list({})).map((flow) => flow.name)).toContain("triage");
      const ended = once(host, "exit");
      host.postMessage("stop");
      await ended;
    } finally {
      await host.terminate();
      rmSync(home, { recursive: true, force: true });
    }
  });
});

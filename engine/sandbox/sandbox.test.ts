import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonValue } from "../lib/json.ts";
import type { Sandbox, SandboxRequest } from "../node/services.ts";
import { createSandbox } from "./index.ts";

const MEGABYTE = 1024 * 1024;

let sandbox: Sandbox & { dispose(): Promise<void> };
beforeAll(() => {
  sandbox = createSandbox({ workers: 1 });
});
afterAll(() => sandbox.dispose());

function run(source: string, input: JsonValue = {}, limits: Partial<SandboxRequest> = {}) {
  const signal = new AbortController().signal;
  return sandbox.run({ source, input, timeLimit: 2000, memoryLimit: 32 * MEGABYTE, signal, ...limits });
}

async function valueOf(source: string, input?: JsonValue): Promise<JsonValue> {
  return (await run(source, input)).value;
}

const failsWith = (source: string, error: object, limits?: Partial<SandboxRequest>) =>
  expect(run(source, {}, limits)).rejects.toMatchObject(error);

describe("code", () => {
  test("is a module with a default function, in TypeScript", async () => {
    const source = `
      interface Item { price: number; count?: number }
      const total = (items: Item[]): number => items.reduce((sum, item) => sum + item.price * (item.count ?? 1), 0);
      export default function ({ items }: { items: Item[] }) { return { total: total(items) } }`;
    expect(await valueOf(source, { items: [{ price: 2, count: 3 }, { price: 1.5 }] })).toEqual({ total: 7.5 });
  });

  test("may be asynchronous", async () => {
    expect(
      await valueOf("export default async (x: number[]) => Promise.all(x.map(async (n) => n * 2))", [1, 2]),
    ).toEqual([2, 4]);
    expect(await valueOf("const value: number = await Promise.resolve(20); return value + input.a;", { a: 1 })).toBe(
      21,
    );
  });

  test("may export a value instead of a function, or return nothing", async () => {
    expect(await valueOf("export default { fixed: [1, 2] }")).toEqual({ fixed: [1, 2] });
    expect(await valueOf("const unused = 1;")).toBeNull();
  });

  test("gets its input and gives its result as JSON, dates as text", async () => {
    const input = { text: "ü\u2028”", deep: [{ a: null }], __proto__x: 1 };
    expect(await valueOf("return input", input)).toEqual(input);
    expect(await valueOf("return { at: new Date(0), gone: undefined }")).toEqual({ at: "1970-01-01T00:00:00.000Z" });
  });

  test("prints to its log", async () => {
    const { logs } = await run(
      "console.log('a', 1, { b: [true] }); console.error(new Error('no')); console.info(null, undefined)",
    );
    expect(logs).toEqual(['a 1 {"b":[true]}', "Error: no", "null undefined"]);
  });

  test("that prints without end keeps the beginning of it", async () => {
    const { logs } = await run("for (let i = 0; i < 5000; i++) console.log('line', i); return 1");
    expect(logs.length).toBe(501);
    expect(logs.at(-1)).toContain("not kept");
  });

  test("runs in milliseconds once a worker is there", async () => {
    await run("return 1");
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      await run("export default (x: number): number => x + 1", i);
      times.push(performance.now() - start);
    }
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(25);
  });
});

describe("errors name the author’s line", () => {
  test.each([
    [
      "an error thrown",
      "const a: number = 1;\n\nthrow new RangeError('too much ' + a)",
      "code.failed",
      { line: 3, detail: "RangeError: too much 1" },
    ],
    [
      "something unknown",
      "return 1 +\n missing",
      "code.failed",
      { line: 2, detail: "ReferenceError: 'missing' is not defined" },
    ],
    [
      "in a function",
      "export default function () {\n  return helper();\n}\nfunction helper() {\n  null.x;\n}",
      "code.failed",
      { line: 5 },
    ],
    ["TypeScript that can’t be read", "let a = 1;\nlet b: = 2;", "code.syntax", { line: 2 }],
    ["JavaScript that can’t be read", "export default 1;\nconst a = 1; const a = 2;", "code.syntax", { line: 2 }],
    [
      "TypeScript that makes code",
      "enum Kind { A }\nreturn Kind.A",
      "code.syntax",
      { detail: expect.stringContaining("enum") },
    ],
    [
      "a rejected promise",
      "await Promise.reject(new Error('later'))",
      "code.failed",
      { line: 1, detail: "Error: later" },
    ],
    ["a value that is no error", "throw { status: 4 }", "code.threw", { detail: '{"status":4}' }],
  ] as const)("%s", (_what, source, code, params) => failsWith(source, { code, params }));
});

describe("limits", () => {
  test.each([
    ["a loop", "for (;;) {}"],
    ["a loop of promises", "let on = true; while (on) await null"],
    ["a slow pattern", "return /(a+)+$/.test('a'.repeat(40) + 'b')"],
    ["a getter of the result", "return { get x() { for (;;); } }"],
    ["a loop that catches everything", "for (;;) try { for (;;) {} } catch {}"],
  ])("time: %s", (_what, source) =>
    failsWith(source, { code: "code.time-limit", params: { limit: 150 } }, { timeLimit: 150 }),
  );

  test.each([
    ["a list that grows", "const list = []; for (;;) list.push('x'.repeat(1000) + list.length)"],
    ["one huge list", "return new Array(1e9).fill(0)"],
    ["binary data", "const list = []; for (;;) list.push(new Uint8Array(1e6))"],
    ["objects in a map", "const map = new Map(); for (let i = 0; ; i++) map.set(i, { i, text: `number ${i}` })"],
  ])("memory: %s", async (_what, source) => {
    await failsWith(source, { code: "code.memory-limit", params: { limit: 32 } }, { timeLimit: 10_000 });
    expect(await valueOf("return 'the next one is fine'")).toBe("the next one is fine");
  });

  test("memory: an input that is too large", async () => {
    await expect(run("return 1", "x".repeat(20 * MEGABYTE))).rejects.toMatchObject({ code: "code.memory-limit" });
    expect(await valueOf("return input.length", "x".repeat(2 * MEGABYTE))).toBe(2 * MEGABYTE);
  });

  test("stack", () =>
    failsWith("const f = (n: number): number => f(n + 1) + 1;\nreturn f(0)", {
      code: "code.stack-limit",
      params: { line: 1 },
    }));

  test("output", () =>
    failsWith(
      "return 'x'.repeat(9e6)",
      { code: "code.output-limit", params: { limit: 8 } },
      { memoryLimit: 128 * MEGABYTE },
    ));

  test("waiting for what never comes", () => failsWith("await new Promise(() => {})", { code: "code.unsettled" }));

  test.each([
    ["a function", "return () => 1", "a function"],
    ["a bigint inside", "return { a: [1n] }", "a bigint"],
    ["a Map", "return { m: new Map() }", "a Map"],
    ["no number", "return 0 / 0", "the number NaN"],
    ["a circle", "const a: any = {}; a.a = a; return a", "an object that contains itself"],
  ])("results that aren’t JSON: %s", (_what, source, detail) =>
    failsWith(source, { code: "code.not-json", params: { detail } }),
  );
});

describe("abort", () => {
  test("stops code that runs", async () => {
    const abort = new AbortController();
    const running = run("for (;;) {}", {}, { timeLimit: 30_000, signal: abort.signal });
    const next = run("return 'next'");
    // Long after the code has begun, long before its limit.
    setTimeout(() => abort.abort(new Error("cancelled")), 100);
    await expect(running).rejects.toThrow("cancelled");
    expect((await next).value).toBe("next");
  });

  test("comes in time even before the code began", async () => {
    const fresh = createSandbox();
    const abort = new AbortController();
    const running = fresh.run({
      source: "for (;;) {}",
      input: 0,
      timeLimit: 30_000,
      memoryLimit: MEGABYTE,
      signal: abort.signal,
    });
    abort.abort(new Error("cancelled"));
    await expect(running).rejects.toThrow("cancelled");
    await fresh.dispose();
  });

  test("leaves the line", async () => {
    const abort = new AbortController();
    const first = run("for (let i = 0; i < 1e6; i++); return 1");
    const waiting = run("return 2", {}, { signal: abort.signal });
    abort.abort(new Error("never mind"));
    await expect(waiting).rejects.toThrow("never mind");
    expect((await first).value).toBe(1);
  });
});

describe("nothing gets out", () => {
  test.each([
    ["process", "return typeof process"],
    ["require", "return typeof require"],
    ["fetch", "return typeof fetch"],
    ["timers", "return typeof setTimeout + typeof setInterval + typeof queueMicrotask"],
    ["QuickJS’s own modules", "return typeof std + typeof os"],
    ["workers and shared memory of the host", "return typeof Worker + typeof postMessage + typeof WebAssembly"],
    ["the global of a function’s constructor", "return typeof Function('return this')().process"],
    ["the constructor of a host function", "return typeof console.log.constructor('return this')().process"],
    ["an async constructor", "const f = (async () => {}).constructor('return typeof process'); return await f()"],
  ])("%s", async (_what, source) => {
    expect(await valueOf(source)).toMatch(/^(undefined)+$/);
  });

  test.each(["node:fs", "./worker.ts", "/etc/passwd", "quickjs-emscripten", "std"])("import of %s", async (name) => {
    await failsWith(`import * as x from "${name}";\nexport default () => x`, { code: "code.failed" });
    await failsWith(`return await import("${name}")`, { code: "code.failed" });
  });

  test("the host function behind console can’t be reached or misled", async () => {
    const source = `
      const found: string[] = [];
      for (const key of Reflect.ownKeys(globalThis)) if (String(key).includes("print") || String(key).includes("heddle")) found.push(String(key));
      console.log({ toString() { throw new Error("no") } }, Symbol("s"), () => 1);
      return found;`;
    const { value, logs } = await run(source);
    expect(value).toEqual([]);
    expect(logs).toHaveLength(1);
  });

  test("changes to built-ins stay with the code that made them, and don’t reach the frame around it", async () => {
    const poison = `
      JSON.stringify = () => '"forged"'; JSON.parse = () => { throw 1 };
      Array.prototype.push = () => 7; Object.prototype.polluted = true; Number.isFinite = () => false;
      globalThis.left = "behind"; Error.prepareStackTrace = () => { throw 1 };
      return { a: 1, polluted: undefined };`;
    expect(await valueOf(poison)).toEqual({ a: 1 });
    expect(await valueOf("return [typeof left, ({} as any).polluted ?? null, [].push(1), JSON.stringify(1)]")).toEqual([
      "undefined",
      null,
      1,
      "1",
    ]);
  });

  test("a result can’t pretend to be an error of ours, nor an error to be a result", async () => {
    expect(await valueOf("return { ok: false, code: 'internal', outcome: { ok: true } }")).toMatchObject({
      code: "internal",
    });
    await failsWith("throw { ok: true, value: '1', logs: [] }", { code: "code.threw" });
    await failsWith("const e = new Error('x'); e.name = 'InternalError'; throw e", { code: "code.failed" });
  });
});

test("more code than workers waits in line", async () => {
  const pool = createSandbox({ workers: 2 });
  try {
    const signal = new AbortController().signal;
    const jobs = Array.from({ length: 12 }, (_, input) =>
      pool.run({
        source: "return input * 2",
        input,
        timeLimit: 2000,
        memoryLimit: (input % 2 ? 16 : 32) * MEGABYTE,
        signal,
      }),
    );
    expect((await Promise.all(jobs)).map(({ value }) => value)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  } finally {
    await pool.dispose();
  }
});

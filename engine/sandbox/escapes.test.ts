import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Sandbox, SandboxRequest } from "../node/services.ts";
import { createSandbox } from "./index.ts";

const MEGABYTE = 1024 * 1024;
let sandbox: Sandbox & { dispose(): Promise<void> };
beforeAll(() => void (sandbox = createSandbox({ workers: 2 })));
afterAll(() => sandbox.dispose());

const run = (source: string, limits: Partial<SandboxRequest> = {}, input: JsonValue = {}) =>
  sandbox.run({
    source,
    input,
    timeLimit: 3000,
    memoryLimit: 32 * MEGABYTE,
    signal: new AbortController().signal,
    ...limits,
  });
const valueOf = async (source: string, limits?: Partial<SandboxRequest>) => (await run(source, limits)).value;
const errorOf = (source: string, limits?: Partial<SandboxRequest>): Promise<HeddleError> =>
  run(source, limits).then(
    ({ value }) => expect.fail(`it gave ${JSON.stringify(value)}`),
    (error: HeddleError) => error,
  );

describe("no way out", () => {
  test.each([
    [
      "the constructor of everything in reach",
      `
      const seen = new Set(), queue: any[] = [globalThis, console.log, input], found: string[] = [];
      while (queue.length > 0 && seen.size < 3000) {
        const at = queue.pop();
        if ((typeof at !== "object" && typeof at !== "function") || at === null || seen.has(at)) continue;
        seen.add(at);
        for (const key of Reflect.ownKeys(at)) {
          if (/^(process|require|fetch|Deno|Bun|postMessage|importScripts|WebAssembly|parentPort|Atomics\\.wait)$/.test(String(key))) found.push(String(key));
          try { queue.push(at[key]); } catch {}
        }
        queue.push(Object.getPrototypeOf(at));
      }
      return found`,
      [],
    ],
    ["eval", "return (0, eval)('typeof process + typeof require')", "undefinedundefined"],
    [
      "functions made of text",
      "return [Function, (async () => {}).constructor, (function* () {}).constructor].map((make) => typeof make('return this')).join()",
      "function,function,function",
    ],
    [
      "the global of such a function",
      "return typeof Function('return globalThis.process ?? this.process')()",
      "undefined",
    ],
    [
      "the caller",
      "return (function f() { try { return typeof (f as any).caller } catch { return 'refused' } })()",
      expect.stringMatching(/refused|undefined|object/),
    ],
    [
      "stack traces that call back",
      "Error.prepareStackTrace = (_e, sites) => sites.map((s: any) => typeof s.getThis?.()?.process); return String(new Error('x').stack ?? '').includes('object')",
      false,
    ],
    ["dynamic import", "return await import('node:fs').then(() => 'in', () => 'refused')", "refused"],
    [
      "import of data",
      "return await import('data:text/javascript,export default 1').then(() => 'in', () => 'refused')",
      "refused",
    ],
  ])("%s", async (_what, source, expected) => {
    expect(await valueOf(source)).toEqual(expected);
  });
});

describe("a result is data and nothing else", () => {
  test("keys that would change what an object is are refused", async () => {
    expect(await errorOf('return JSON.parse(\'{"__proto__": {"admin": true}}\')')).toMatchObject({
      code: "code.not-json",
    });
    expect(await errorOf("return { list: [{ ['__proto__']: 1 }] }")).toMatchObject({ code: "code.not-json" });
    const { value } = await run("return { constructor: { prototype: { admin: true } }, toString: 1 }");
    expect(value).toEqual({ constructor: { prototype: { admin: true } }, toString: 1 });
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  test("pollution of the guest's prototypes stays in the guest", async () => {
    await run("Object.prototype.hacked = 1; Array.prototype.map = () => ['hacked']; return input").catch(
      () => undefined,
    );
    expect(({} as Record<string, unknown>)["hacked"]).toBeUndefined();
    expect(await valueOf("return [typeof ({} as any).hacked, [1].map((n) => n + 1)[0]]")).toEqual(["undefined", 2]);
  });

  test.each([
    ["a getter", "let n = 0; return { get a() { return ++n } }", { a: 1 }],
    [
      "a proxy",
      "return new Proxy({ a: 1 }, { get: (t, k) => k === 'toJSON' ? undefined : 7, ownKeys: () => ['a'] })",
      { a: 7 },
    ],
    ["toJSON", "return { toJSON: () => ({ fine: true }) }", { fine: true }],
    ["a list with holes", "return [1, , 3]", [1, null, 3]],
  ])("%s gives what it gives", async (_what, source, expected) => {
    expect(await valueOf(source)).toEqual(expected);
  });

  test.each([
    ["a getter that never ends", "return { get a() { for (;;); } }", "code.time-limit"],
    [
      "a proxy without end",
      "const p: any = new Proxy({}, { get: (_t, k) => k === 'toJSON' ? undefined : p, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) }); return p",
      /code\.(stack-limit|memory-limit|time-limit|failed|not-json)/,
    ],
    ["a proxy that throws", "return new Proxy({}, { ownKeys() { throw new Error('mine') } })", "code.failed"],
    [
      "toJSON that makes more and more",
      "const more = (): any => ({ toJSON: () => ({ a: more(), b: more() }) }); return more()",
      /code\.(stack-limit|memory-limit|time-limit)/,
    ],
  ])("%s fails only its step", async (_what, source, code) => {
    expect((await errorOf(source, { timeLimit: 400 })).code).toMatch(code);
    expect(await valueOf("return 'fine'")).toBe("fine");
  });
});

describe("bombs", () => {
  test.each([
    ["a huge text", "return 'x'.repeat(2 ** 29)", /memory-limit|failed/],
    ["texts that double", "let s = 'x'; for (;;) s += s;", /memory-limit|failed/],
    ["a huge list", "return Array(2 ** 32 - 1).fill(1)", /memory-limit|time-limit/],
    ["many lists in lists", "let a: any = []; for (;;) a = [a, a.slice?.()]", /memory-limit|time-limit|stack/],
    ["binary data", "return new ArrayBuffer(2 ** 31)", /memory-limit|failed/],
    ["a huge number", "return String(2n ** (2n ** 40n))", /memory-limit|failed|time-limit/],
    ["recursion", "const f = (): number => 1 + f(); return f()", /stack-limit/],
    [
      "recursion through JSON",
      "let a: any = 1; for (let i = 0; i < 200000; i++) a = [a]; return a",
      /stack-limit|memory-limit|time-limit/,
    ],
    ["recursion through replace", "const f = (s: string): string => s.replace('x', f); return f('x')", /stack-limit/],
    ["a pattern", "return /^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(60))", /time-limit/],
    ["a pattern made of patterns", "return new RegExp('('.repeat(50000) + ')'.repeat(50000)).test('x')", /./],
    [
      "sorting that never agrees",
      "const l = Array.from({ length: 1e6 }, (_, i) => i); for (;;) l.sort(() => Math.random() - 0.5)",
      /time-limit|memory-limit/,
    ],
    [
      "promises that make promises",
      "const go = (): any => Promise.resolve().then(go); await go()",
      /time-limit|memory-limit/,
    ],
    ["generators", "function* g(): any { for (;;) yield* [1, 2]; } for (const _ of g());", /time-limit/],
    ["an output", "return 'x'.repeat(9e6)", /output-limit|memory-limit/],
    ["a thrown text", "throw new Error('x'.repeat(1e7))", /failed|memory-limit/],
    ["a thrown circle", "const e: any = { }; e.e = e; throw e", /threw|failed/],
    ["a thrown getter", "throw { get message() { for (;;); }, name: 'x' }", /threw|time-limit|failed/],
  ])("%s", async (_what, source, code) => {
    const started = performance.now();
    expect((await errorOf(source, { timeLimit: 500 })).code).toMatch(code);
    expect(performance.now() - started).toBeLessThan(6000);
    expect(await valueOf("return 1 + 1")).toBe(2);
  });

  test("printing without end is cut, and what was printed last stands in the error", async () => {
    const { logs } = await run("for (let i = 0; i < 100; i++) console.log('x'.repeat(1e6)); return 1", {
      memoryLimit: 64 * MEGABYTE,
    });
    expect(logs.join("").length).toBeLessThan(150_000);
    const error = await errorOf("console.log('first'); console.log('last'); throw new Error('no')");
    expect(error.params).toMatchObject({ printed: "first\nlast", line: 1 });
  });
});

describe("workers", () => {
  test("a storm of code that is stopped leaves all others unharmed", async () => {
    const hostages = Array.from({ length: 12 }, (_, n) => {
      const abort = new AbortController();
      const ended = run("for (;;) {}", { timeLimit: 20_000, signal: abort.signal }).catch((error: unknown) => error);
      setTimeout(() => abort.abort(new Error("stop")), 20 + n * 10);
      return ended;
    });
    const fine = Array.from({ length: 12 }, (_, n) => run("return input.n * 2", { timeLimit: 5000 }, { n }));
    expect((await Promise.all(fine)).map(({ value }) => value)).toEqual(Array.from({ length: 12 }, (_, n) => n * 2));
    expect(await Promise.all(hostages)).toEqual(
      Array.from({ length: 12 }, () => expect.objectContaining({ message: "stop" })),
    );
  });

  test("that crash one after the other are replaced", async () => {
    for (let n = 0; n < 6; n++) {
      expect(
        (await errorOf("const l: any[] = []; for (;;) l.push(new Uint8Array(1e6))", { timeLimit: 5000 })).code,
      ).toMatch(/memory-limit|crashed/);
      expect(await valueOf("return 'fine'")).toBe("fine");
    }
  });

  test("are several, so that one run’s slow code doesn’t hold up another’s", async () => {
    const pool = createSandbox();
    const request = { input: {}, memoryLimit: 16 * MEGABYTE, signal: new AbortController().signal };
    const slow = pool
      .run({ ...request, source: "for (;;) {}", timeLimit: 3000 })
      .catch((error: HeddleError) => error.code);
    const started = performance.now();
    expect((await pool.run({ ...request, source: "return 1", timeLimit: 2000 })).value).toBe(1);
    expect(performance.now() - started).toBeLessThan(2900);
    expect(await slow).toBe("code.time-limit");
    await pool.dispose();
  });
});

describe("chance and time are given", () => {
  const NOW = Date.UTC(2026, 10, 20, 12);

  test("the same seed makes the same numbers, and others others", async () => {
    const source = "return Array.from({ length: 5 }, () => Math.random())";
    const first = (await valueOf(source, { seed: 7 })) as number[];
    expect(await valueOf(source, { seed: 7 })).toEqual(first);
    expect(await valueOf(source, { seed: 8 })).not.toEqual(first);
    expect(await valueOf(source)).not.toEqual(await valueOf(source));
    const many = (await valueOf("return Array.from({ length: 2000 }, () => Math.random())", { seed: 3 })) as number[];
    expect(many.every((n) => n >= 0 && n < 1)).toBe(true);
    expect(new Set(many).size).toBe(2000);
    expect(many.reduce((sum, n) => sum + n, 0) / 2000).toBeCloseTo(0.5, 1);
  });

  test("time stands still, also for whoever looks for another clock", async () => {
    const source = `
      const start = Date.now();
      for (let i = 0; i < 1e6; i++);
      return [start, Date.now(), new Date().getTime(), new (new Date().constructor as any)().getTime(), Date.parse(new Date().toISOString()), typeof performance];`;
    expect(await valueOf(source, { now: NOW })).toEqual([NOW, NOW, NOW, NOW, NOW, "undefined"]);
    expect(
      await valueOf(
        "return [Date().slice(11, 15), new Date(0).getTime(), Date.UTC(2026, 0), new Date() instanceof Date, Date.name]",
        { now: NOW },
      ),
    ).toEqual(["2026", 0, Date.UTC(2026, 0), true, "Date"]);
  });
});

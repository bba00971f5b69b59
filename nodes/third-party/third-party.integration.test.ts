import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../engine/lib/json.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import type { AnyNode } from "../../engine/node/define.ts";
import { createProjectFiles } from "../../engine/store/project/project-files.ts";
import { NODES } from "../index.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { startWeb } from "../testing/real-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { loadThirdPartyNodes, type ThirdPartyNodes } from "./index.ts";

let web: Awaited<ReturnType<typeof startWeb>>;
beforeAll(async () => void (web = await startWeb()));
afterAll(() => web.close());

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of open.splice(0).toReversed()) await end();
});

async function project(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), "heddle-third-"));
  open.push(() => rm(folder, { recursive: true, force: true }));
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) await put(path, text);
  return { folder, put };
}

async function load(files: Record<string, string>, logs: string[] = []) {
  const { folder, put } = await project(files);
  const loaded = await loadThirdPartyNodes({ folder, loadLimit: 4000, onLog: (_type, line) => logs.push(line) });
  open.push(() => loaded.dispose());
  return { ...loaded, folder, put };
}

const node = (run: string, more = "") => `
import { defineNode } from "heddle/node";
export default defineNode({
  type: "subject", title: "Subject", description: "For a test.",
  config: { type: "object", properties: { text: { type: "string", default: "" } } },
  ${more}
  run: ${run},
});`;

const run = (subject: AnyNode, config: JsonObject, folder?: string, signal?: AbortSignal) =>
  runSample(
    subject,
    { config },
    {
      services: {
        ...NO_SERVICES,
        fetch,
        secrets: { get: async (name) => `value of ${name}` },
        ...(folder !== undefined && { files: createProjectFiles(folder) }),
      },
      ...(signal && { signal }),
    },
  );

const only = ({ nodes, broken }: ThirdPartyNodes): AnyNode => {
  expect(broken).toEqual([]);
  return nodes[0]!;
};

const GREET = `
import { defineNode, field, template } from "heddle/node";
export default defineNode<{ name: string; times: number }>({
  type: "greet",
  title: { en: "Greet", zh: "问候" },
  description: { en: "Says hello.", zh: "打招呼。" },
  family: "io",
  icon: "hand",
  config: {
    type: "object",
    properties: {
      name: template({ label: { en: "Name", zh: "姓名" } }),
      times: field({ type: "integer", minimum: 1, default: 1 }, { label: "Times" }),
    },
    required: ["name"],
  },
  initial: { name: "{{ start.name }}", times: 1 },
  output: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  summary: { en: "Greets {name}", zh: "问候 {name}" },
  samples: [{ name: "one", config: { name: "Ada", times: 2 }, output: { text: "Hello Ada! Hello Ada!" } }],
  run({ config }, ctx) {
    ctx.log("greeting", config.name);
    return { output: { text: Array.from({ length: config.times }, () => "Hello " + config.name + "!").join(" ") } };
  },
});`;

const WEATHER_PACKAGE = {
  "node_modules/heddle-node-weather/package.json": JSON.stringify({
    name: "heddle-node-weather",
    version: "1.2.0",
    type: "module",
    exports: { ".": { import: "./dist/index.js" } },
  }),
  "node_modules/heddle-node-weather/dist/lib.js": "export const degrees = (text) => text.length;",
  "node_modules/heddle-node-weather/dist/index.js": `
import { defineNode } from "heddle/node";
import { z } from "zod";
import { degrees } from "./lib.js";
const forecast = defineNode({
  type: "forecast", title: "Forecast", description: "Tells the weather.",
  config: z.object({ place: z.string().min(2).meta({ heddle: { widget: "template", label: { en: "Place", zh: "地点" } } }) }),
  initial: { place: "Oslo" },
  output: z.object({ degrees: z.number() }),
  run: ({ config }) => ({ output: { degrees: degrees(config.place) } }),
});
const climate = defineNode({
  type: "climate", title: "Climate", description: "Two ways out.", config: { type: "object" },
  ports: [{ id: "warm" }, { id: "cold", label: "Cold" }],
  run: () => ({ output: null, port: "cold" }),
});
export default [forecast, climate];`,
};

describe("nodes of a project", () => {
  test("from its folder: found, described, drawn with their origin, and run", async () => {
    const logs: string[] = [];
    const { nodes, broken, folder } = await load({ "nodes/greet.ts": GREET, "nodes/greet.test.ts": "nonsense(" }, logs);
    expect(broken).toEqual([]);
    const catalog = createCatalog([...NODES, ...nodes]);
    const described = catalog.describe().find(({ type }) => type === "folder:greet")!;
    expect(described).toMatchObject({
      origin: { kind: "folder", name: "nodes/greet" },
      title: { en: "Greet", zh: "问候" },
      family: "io",
      initial: { name: "{{ start.name }}", times: 1 },
    });
    expect(described.config.properties).toMatchObject({
      name: { heddle: { widget: "template" } },
      times: { minimum: 1 },
    });
    expect(described.docs.en).toContain("It may only compute");
    expect(catalog.shape("folder:greet", { name: "Ada", times: 2 }).summary).toEqual({
      en: "Greets **Ada**",
      zh: "问候 **Ada**",
    });
    expect(catalog.check("folder:greet", { name: "Ada", times: 0 })[0]).toMatchObject({ path: "times" });
    const subject = nodes[0]!;
    for (const sample of subject.role === "step" ? subject.samples : []) {
      const { output } = await runSample(subject, sample, { services: NO_SERVICES });
      expect(output).toEqual(sample.output);
    }
    const scoped = await runSample(
      subject,
      { config: { name: "{{ who.name }}" }, scope: { who: { name: "Bo" } } },
      { services: NO_SERVICES },
    );
    expect(scoped.output).toEqual({ text: "Hello Bo!" });
    expect(logs).toEqual(["greeting Ada", "greeting Bo"]);
    expect(folder).not.toBe("");
  });

  test("from a package with a library of its own and zod, several in one", async () => {
    const { folder } = await project({ "package.json": "{}", ...WEATHER_PACKAGE });
    await symlink(dirname(fileURLToPath(import.meta.resolve("zod/package.json"))), join(folder, "node_modules", "zod"));
    const loaded = await loadThirdPartyNodes({ folder });
    open.push(() => loaded.dispose());
    expect(loaded.broken).toEqual([]);
    expect(loaded.nodes.map(({ type, origin }) => [type, origin])).toEqual([
      ["heddle-node-weather:forecast", { kind: "package", name: "heddle-node-weather@1.2.0" }],
      ["heddle-node-weather:climate", { kind: "package", name: "heddle-node-weather@1.2.0" }],
    ]);
    const [forecast, climate] = loaded.nodes;
    expect((await run(forecast!, { place: "Bergen" })).output).toEqual({ degrees: 6 });
    expect(await run(climate!, {})).toMatchObject({ output: null, port: "cold" });
  });

  test("from a package that npm packed and installed", async () => {
    const { folder, put } = await project({ "package.json": JSON.stringify({ name: "my-project", private: true }) });
    const manifest = { name: "greetings", version: "2.0.0", main: "nodes.cjs", heddle: { nodes: "./nodes.cjs" } };
    await put("../package/package.json", JSON.stringify(manifest));
    open.push(() => rm(join(folder, "..", "package"), { recursive: true, force: true }));
    await put(
      "../package/nodes.cjs",
      `module.exports = { default: undefined };
       const { defineNode } = require("heddle/node");
       module.exports = defineNode({ type: "bye", title: "Bye", description: "Says bye.", config: { type: "object" }, run: () => ({ output: "bye" }) });`,
    );
    const npm = (...args: string[]) =>
      execFileSync("npm", [...args, "--offline", "--no-audit", "--no-fund"], {
        cwd: folder,
        stdio: "pipe",
        encoding: "utf8",
      });
    const [packed] = JSON.parse(npm("pack", "../package", "--json")) as { filename: string }[];
    npm("install", `./${packed!.filename}`);
    const loaded = await loadThirdPartyNodes({ folder });
    open.push(() => loaded.dispose());
    expect((await run(only(loaded), {})).output).toBe("bye");
    expect(loaded.nodes[0]!.type).toBe("greetings:bye");
  });
});

describe("a broken one is listed and breaks nothing else", () => {
  test.each([
    ["a syntax error", "export default {", /SyntaxError.*subject\.ts/],
    ["an error while it loads", "\nthrow new Error('not today')", /not today \(subject\.ts, line 2\)/],
    ["nothing exported", "export const a = 1", /export default defineNode/],
    ["a hang while it loads", "for (;;) {}", /didn’t finish loading/],
    ["a promise that never comes", "await new Promise(() => {})", /didn’t finish loading|ended its process/],
    ["an end of the process", "process.exit(3)", /exit code 3/],
    ["no type", "import { defineNode } from 'heddle/node'; export default defineNode({ run() {} })", /defineNode/],
    ["a type of another", node("() => ({ output: 1 })").replace('"subject"', '"http-request:x"'), /must be “x”/],
    ["a title that is missing", node("() => ({ output: 1 })").replace('title: "Subject",', ""), /title/],
    [
      "a config that is no schema",
      node("() => 1").replace('type: "object", properties', 'type: "nonsense", properties'),
      /config/,
    ],
    ["a config of no object", node("() => 1").replace('type: "object"', 'type: "string"'), /object/],
    ["an initial config that doesn’t fit", node("() => 1", "initial: { text: 7 },"), /initial.*text/],
    ["a sample that doesn’t fit", node("() => 1", "samples: [{ name: 'bad', config: { text: 1 } }],"), /sample “bad”/],
    ["a permission that there isn’t", node("() => 1", "permissions: { root: true },"), /permissions/],
    ["an import of what isn’t there", "import 'no-such-package'", /no-such-package/],
    ["an import of the file system", "import fs from 'node:fs'; export default fs", /node:fs.*not available/],
  ])("%s", async (_what, source, message) => {
    const { nodes, broken } = await load({ "nodes/subject.ts": source, "nodes/zz-fine.ts": GREET });
    expect(nodes.map(({ type }) => type)).toEqual(["folder:greet"]);
    expect(broken).toHaveLength(1);
    expect(broken[0]).toMatchObject({
      origin: { kind: "folder", name: "nodes/subject" },
      error: { code: "third-party.broken" },
    });
    expect(broken[0]!.error.message).toMatch(message);
  });

  test("the same type twice, and packages that are empty or damaged", async () => {
    const { nodes, broken } = await load({
      "nodes/a.ts": GREET,
      "nodes/b.ts": GREET,
      "node_modules/heddle-node-empty/package.json": JSON.stringify({ name: "heddle-node-empty", version: "0.1.0" }),
      "node_modules/heddle-node-damaged/package.json": "{",
      "node_modules/other/package.json": JSON.stringify({ name: "other", version: "1.0.0" }),
    });
    expect(nodes.map(({ origin }) => origin?.name)).toEqual(["nodes/a"]);
    expect(broken.map(({ origin, error }) => [origin.name, error.message])).toEqual([
      ["nodes/b", expect.stringContaining("“folder:greet” already, from nodes/a")],
      ["heddle-node-empty@0.1.0", expect.stringContaining("index.js")],
    ]);
  });

  test("a project without any", async () => {
    expect(await load({})).toMatchObject({ nodes: [], broken: [] });
  });
});

describe("while it runs, only its step fails", () => {
  test.each([
    ["an error", `() => { throw new TypeError("no such city") }`, "third-party.failed", /TypeError: no such city/],
    ["a crash", "() => process.exit(7)", "third-party.crashed", /exit code 7/],
    [
      "a crash out of nowhere",
      "() => new Promise(() => setTimeout(() => { throw new Error('late') }))",
      "third-party.crashed",
      /late/,
    ],
    ["a loop without end", "() => { for (;;); }", "third-party.timeout", /1 s/],
    ["a promise without end", "() => new Promise(() => {})", "third-party.timeout", /1 s/],
    [
      "too much memory",
      "() => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }",
      "third-party.crashed",
      /memory/,
    ],
    ["a result that is no data", "() => ({ output: () => 1 })", "third-party.failed", /could not be cloned/],
    ["no result", "() => 5", "third-party.bad-result", /return \{ output \}/],
    ["a way out that there isn’t", "() => ({ output: {}, port: 'side' })", "third-party.bad-result", /side/],
    ["another output than it declares", "() => ({ output: { n: 'x' } })", "third-party.bad-result", /n: /],
  ])("%s", async (what, source, code, message) => {
    const timeout = what === "too much memory" ? 30 : 1;
    const output = "output: { type: 'object', properties: { n: { type: 'number' } } },";
    const loaded = await load({
      "nodes/bad.ts": node(source, `timeout: ${timeout}, ${output}`),
      "nodes/greet.ts": GREET,
    });
    const [bad, greet] = loaded.nodes;
    const [failed, fine] = await Promise.all([run(bad!, {}), run(greet!, { name: "Ada" })]);
    expect(failed.error).toMatchObject({ code });
    expect(failed.error!.message).toMatch(message);
    expect(fine.output).toEqual({ text: "Hello Ada!" });
  });

  test("also beside steps of the same node: one crashes, ten are fine", async () => {
    const source = node(
      "async ({ config }) => { if (config.text === 'die') process.exit(1); await new Promise((r) => setTimeout(r, 20)); return { output: config.text }; }",
    );
    const subject = only(await load({ "nodes/subject.ts": source }));
    const texts = ["a", "die", "b", "c", "die", "d", "e", "f", "die", "g", "h", "i", "j"];
    const runs = await Promise.all(texts.map((text) => run(subject, { text })));
    expect(runs.map(({ output, error }) => output ?? error?.code)).toEqual(
      texts.map((text) => (text === "die" ? "third-party.crashed" : text)),
    );
  });

  test("and a cancelled run ends it at once", async () => {
    const subject = only(await load({ "nodes/subject.ts": node("(_, { emit }) => { emit('begun'); for (;;); }") }));
    const abort = new AbortController();
    const started = performance.now();
    await runSample(
      subject,
      { config: {} },
      {
        services: NO_SERVICES,
        signal: abort.signal,
        onEvent: ({ type }) => type === "step.delta" && abort.abort(new Error("cancelled")),
      },
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("an error may say that another try helps", async () => {
    const source = node("() => { throw new NodeError('Busy', { retryable: true }) }").replace(
      "{ defineNode }",
      "{ defineNode, NodeError }",
    );
    const { error } = await run(only(await load({ "nodes/subject.ts": source })), {});
    expect(error).toMatchObject({ retryable: true, params: { detail: "Busy" } });
  });
});

describe("what it declares is what it may do", () => {
  const calling = (permissions: string) =>
    node(
      `async ({ config }, ctx) => {
      const answer = await ctx.fetch(config.text, { method: "POST", headers: { "idempotency-key": ctx.idempotencyKey }, body: JSON.stringify({ key: await ctx.secret("CITY_KEY") }) });
      return { output: { status: answer.status, body: await answer.json(), url: answer.url } };
    }`,
      `permissions: ${permissions},`,
    );

  test("the network, by host, and secrets, by name", async () => {
    const subject = only(
      await load({ "nodes/subject.ts": calling("{ network: ['127.0.0.1'], secrets: ['CITY_KEY'] }") }),
    );
    const { output, error } = await run(subject, { text: `${web.url}/city` });
    expect(error).toBeUndefined();
    expect(output).toMatchObject({
      status: 200,
      url: `${web.url}/city`,
      body: { method: "POST", body: '{"key":"value of CITY_KEY"}' },
    });
    expect(web.requests.at(-1)?.headers["idempotency-key"]).toBe("sample/subject");
    expect(subject.docs.en).toContain("call `127.0.0.1` over the network; read the secrets `CITY_KEY`");
  });

  test("nothing without a permission, nor where an answer passes it on to", async () => {
    const none = only(await load({ "nodes/subject.ts": calling("{ secrets: ['CITY_KEY'] }") }));
    expect((await run(none, { text: web.url })).error).toMatchObject({ code: "third-party.denied" });
    const other = only(await load({ "nodes/subject.ts": calling("{ network: ['127.0.0.1'] }") }));
    expect((await run(other, { text: web.url })).error!.message).toContain("read the secret “CITY_KEY”");
    const here = only(await load({ "nodes/subject.ts": calling("{ network: ['127.0.0.1'], secrets: ['CITY_KEY'] }") }));
    web.routes.set("/away", (_request, response) =>
      response.writeHead(307, { location: "http://localhost:1/x" }).end(),
    );
    expect((await run(here, { text: `${web.url}/away` })).error!.message).toContain("call localhost");
    expect((await run(here, { text: "file:///etc/passwd" })).error?.code).toMatch(/^third-party/);
  });

  test("files of the project, to read or to write", async () => {
    const source = (files: string) =>
      node(
        "async ({ config }, { files }) => { if (config.text) await files.write('out.txt', config.text); return { output: [await files.readText('in.txt'), ...(await files.list('*.txt'))] }; }",
        `permissions: { files: '${files}' },`,
      );
    const reads = await load({ "nodes/subject.ts": source("read"), "in.txt": "hello" });
    expect((await run(only(reads), {}, reads.folder)).output).toEqual(["hello", "in.txt"]);
    expect((await run(only(reads), { text: "x" }, reads.folder)).error).toMatchObject({ code: "third-party.denied" });
    const writes = await load({ "nodes/subject.ts": source("write"), "in.txt": "hello" });
    expect((await run(only(writes), { text: "x" }, writes.folder)).output).toEqual(["hello", "in.txt", "out.txt"]);
    expect(await readFile(join(writes.folder, "out.txt"), "utf8")).toBe("x");
  });
});

describe("there is no way around", () => {
  test.each([
    ["modules", "await import('node:fs')"],
    ["modules without a prefix", "await import('child_process')"],
    ["modules through data", "await import('data:text/javascript,export default await import(\"node:net\")')"],
    ["workers", "await import('node:worker_threads')"],
    ["the loader", "await import('node:module')"],
    ["built-ins of the process", "process.getBuiltinModule('fs')"],
    ["bindings", "process.binding('fs')"],
    ["the process of the host", "process.kill(process.ppid, 0)"],
    ["the pipe to the host", "process.send({ kind: 'done', id: 1 })"],
    ["sockets behind standard output", "new process.stdout.constructor().connect(1)"],
    ["a WebSocket", "new WebSocket('ws://127.0.0.1:1')"],
    [
      "the HTTP client behind fetch",
      "(() => { new Response(); return Object.getOwnPropertySymbols(globalThis).filter((s) => /undici/.test(s.description)).map((s) => globalThis[s].constructor.name); })()",
    ],
    ["fetch itself", "await fetch('http://127.0.0.1:1')"],
    ["files that may not be loaded", "await import('/etc/hostname')"],
    ["code that is made", "new Function('return process.binding')()('fs')"],
    ["handles of the process", "process._getActiveHandles()[0].constructor"],
  ])("%s", async (_what, attempt) => {
    const source = node(`async () => { const found = ${attempt}; return { output: String(found) }; }`);
    const { output, error } = await run(only(await load({ "nodes/subject.ts": source })), {});
    expect(output).toBeUndefined();
    expect(error?.code).toMatch(/^third-party\.(failed|denied)$/);
  });

  test("through the emitter behind the process", async () => {
    const source = `
import { EventEmitter } from "node:events";
import { defineNode } from "heddle/node";
const caught: any[] = [];
for (const name of Object.getOwnPropertyNames(EventEmitter.prototype)) {
  const real = (EventEmitter.prototype as any)[name];
  if (typeof real !== "function" || name === "constructor") continue;
  (EventEmitter.prototype as any)[name] = function (...args: any[]) { caught.push(this); return real.apply(this, args); };
}
export default defineNode({ type: "subject", title: "S", description: "S", config: { type: "object" },
  async run(_, { secret }) {
    for (let n = 0; n < 3; n++) await secret("none").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { output: caught.map((at) => typeof at?.getBuiltinModule + typeof at?.terminate + typeof at?.connect) };
  } });`;
    const { output } = await run(only(await load({ "nodes/subject.ts": source })), {});
    expect((output as string[]).filter((found) => found.includes("function"))).toEqual([]);
  });

  test("for CommonJS either", async () => {
    const source = `
const attempts = [() => require("fs"), () => require("node:net"), () => module.constructor._load("child_process"),
  () => module.constructor.createRequire("/x.js")("fs"), () => module.constructor.registerHooks({ resolve: () => ({ url: "node:fs", shortCircuit: true }) })];
const { defineNode } = require("heddle/node");
module.exports = defineNode({ type: "subject", title: "S", description: "S", config: { type: "object" },
  run: () => ({ output: attempts.map((attempt) => { try { return typeof attempt(); } catch { return "refused"; } }) }) });`;
    const { output } = await run(only(await load({ "nodes/subject.cjs": source })), {});
    expect(output).toEqual(Array.from({ length: 5 }, () => "refused"));
  });
});

test("a change is noticed, and loading again brings the new node", async () => {
  const { folder, put } = await project({ "nodes/greet.ts": GREET });
  const changed = Promise.withResolvers<void>();
  const first = await loadThirdPartyNodes({ folder, onChange: changed.resolve });
  open.push(() => first.dispose());
  await put("nodes/greet.ts", GREET.replaceAll("Hello", "Good day"));
  await changed.promise;
  await first.dispose();
  const second = await loadThirdPartyNodes({ folder });
  open.push(() => second.dispose());
  expect((await run(only(second), { name: "Ada" })).output).toEqual({ text: "Good day Ada!" });
});

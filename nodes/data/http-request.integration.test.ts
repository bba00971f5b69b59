import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMemoryDriver } from "../../engine/driver/memory-driver.ts";
import { readFlow } from "../../engine/flow/index.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { execute } from "../../engine/run/execute.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { planOrThrow } from "../../engine/run/plan-run.ts";
import { NODES } from "../index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { startWeb } from "../testing/real-services.ts";
import { sampleProject } from "../testing/sample-project.ts";
import { runSample } from "../testing/run-sample.ts";
import { httpRequest } from "./http-request.ts";

let web: Awaited<ReturnType<typeof startWeb>>;
let services: NodeServices;
beforeAll(async () => {
  web = await startWeb();
  const secrets = {
    get: async (name: string) => {
      if (name === "SHOP_KEY") return "s3cret-of-the-shop";
      throw new HeddleError("secret.missing", { name });
    },
  };
  services = { ...NO_SERVICES, secrets, fetch };
});
afterAll(() => web.close());

const run = (config: JsonObject, scope: Record<string, JsonValue> = {}) =>
  runSample(httpRequest, { config: { url: `${web.url}/echo`, ...config }, scope }, { services });

describe("a request", () => {
  test("escapes its query and leaves empty values out", async () => {
    const config = { query: { q: "{{ it.text }}", page: "", n: "{{ it.n }}" } };
    const { output } = await run(config, { it: { text: "a&b=ü", n: 2 } });
    expect(output).toMatchObject({ status: 200, body: { method: "GET", query: { q: "a&b=ü", n: "2" } } });
  });

  test("sends objects as JSON and text as it is", async () => {
    const json = await run({ method: "POST", body: { id: "{{ it.id }}", list: [1] } }, { it: { id: 7 } });
    expect(json.output).toMatchObject({ body: { body: '{"id":7,"list":[1]}' } });
    expect(web.requests.at(-1)?.headers["content-type"]).toBe("application/json");
    await run({ method: "PUT", body: "plain", headers: { "Content-Type": "text/csv" } });
    expect(web.requests.at(-1)).toMatchObject({ body: "plain", headers: { "content-type": "text/csv" } });
  });

  test.each(["DELETE", "GET"])("%s has an idempotency key, the same for each run of the step", async (method) => {
    await run({ method });
    expect(web.requests.at(-1)?.headers["idempotency-key"]).toBe("sample/subject");
  });

  test("puts secrets in where nothing records them", async () => {
    const { events } = await run({ secretHeaders: { Authorization: "Bearer {{ secrets.SHOP_KEY }}" } });
    expect(web.requests.at(-1)?.headers.authorization).toBe("Bearer s3cret-of-the-shop");
    expect(JSON.stringify(events)).not.toContain("s3cret");
    expect(JSON.stringify(events)).toContain("secrets.SHOP_KEY");
  });

  test("doesn’t put secrets where a result of an earlier step asks for one", async () => {
    await run({ headers: { "x-note": "{{ it.text }}" } }, { it: { text: "{{ secrets.SHOP_KEY }}" } });
    expect(web.requests.at(-1)?.headers["x-note"]).toBe("{{ secrets.SHOP_KEY }}");
  });

  test("with secrets isn’t passed on to another address, one without is", async () => {
    web.routes.set("/moved", (_request, response) => response.writeHead(302, { location: "/echo" }).end());
    const url = `${web.url}/moved`;
    expect((await run({ url })).output).toMatchObject({ status: 200, body: { path: "/echo" } });
    const seen = web.requests.length;
    const { error } = await run({ url, secretHeaders: { "x-key": "{{ secrets.SHOP_KEY }}" } });
    expect(error).toMatchObject({ code: "http.redirected", params: { target: "/echo" } });
    expect(web.requests.length).toBe(seen + 1);
  });

  test("puts nothing but secrets between the braces of a secret header", async () => {
    const { error } = await run({ secretHeaders: { "x-key": "{{ secrets.SHOP_KEY + 'x' }}" } });
    expect(error).toMatchObject({ code: "http.bad-header", params: { name: "x-key" } });
  });

  test("says which secret is missing", async () => {
    const { error } = await run({ secretHeaders: { Authorization: "{{ secrets.NO_KEY }}" } });
    expect(error).toMatchObject({ code: "secret.missing", params: { name: "NO_KEY" } });
  });
});

describe("an answer", () => {
  test("is read as its server says, or as asked", async () => {
    web.routes.set("/text", (_request, response) =>
      response.setHeader("content-type", "text/plain; charset=latin1").end(Buffer.from("[1] caf\xe9", "latin1")),
    );
    expect((await run({ url: `${web.url}/text` })).output).toMatchObject({ body: "[1] café" });
    web.routes.set("/untyped", (_request, response) => response.end('{"a":1}'));
    expect((await run({ url: `${web.url}/untyped`, response: "json" })).output).toMatchObject({ body: { a: 1 } });
    expect((await run({ url: `${web.url}/echo`, response: "text" })).output).toMatchObject({
      body: expect.stringContaining('"GET"'),
    });
  });

  test("that promises JSON and isn’t is told", async () => {
    web.routes.set("/broken", (_request, response) =>
      response.setHeader("content-type", "application/json").end("<html>"),
    );
    expect((await run({ url: `${web.url}/broken` })).error).toMatchObject({ code: "http.not-json", retryable: false });
  });

  test("that is too large is cut off", async () => {
    let sent = 0;
    web.routes.set("/endless", (_request, response) => {
      const more = () => {
        sent += 65_536;
        if (response.write("x".repeat(65_536))) setImmediate(more);
        else response.once("drain", more);
      };
      more();
    });
    const { error } = await run({ url: `${web.url}/endless`, maxSize: 0.5 });
    expect(error).toMatchObject({ code: "http.too-large", params: { limit: 0.5 } });
    expect(sent).toBeLessThan(64 * 1024 * 1024);
  });

  test.each([
    [404, false],
    [422, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])("with status %i fails the step; worth another try: %s", async (status, retryable) => {
    web.routes.set("/status", (_request, response) => response.writeHead(status).end("no such\n order"));
    const { error } = await run({ url: `${web.url}/status`, query: { token: "t0p" } });
    expect(error).toMatchObject({ code: "http.status", retryable, params: { status, detail: "no such order" } });
    expect(error?.message).not.toContain("t0p");
  });

  test.each([
    ["7", 7],
    [new Date(Date.now() + 30_500).toUTCString(), 30],
    ["999999", 3600],
    ["soon", undefined],
  ])("that asks for patience (%s) says for how long", async (header, expected) => {
    web.routes.set("/busy", (_request, response) => response.writeHead(429, { "retry-after": header }).end());
    const { error } = await run({ url: `${web.url}/busy` });
    expect(error).toMatchObject({ code: "http.status", retryable: true });
    if (expected === undefined) expect(error?.params["retryAfter"]).toBeUndefined();
    else expect(Math.abs(Number(error?.params["retryAfter"]) - expected)).toBeLessThanOrEqual(1);
  });

  test("that is no text is kept as it is: as base64, or as a file of the project", async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 1]);
    web.routes.set("/picture", (_request, response) => response.setHeader("content-type", "image/png").end(bytes));
    const url = `${web.url}/picture`;
    expect((await run({ url })).output).toMatchObject({
      body: { base64: bytes.toString("base64"), type: "image/png" },
    });
    const project = await sampleProject();
    const withFiles = { services: { ...services, files: project.files } };
    const saved = await runSample(
      httpRequest,
      { config: { url, response: "file", saveTo: "output/a.png" } },
      withFiles,
    );
    expect(saved.output).toMatchObject({ body: { path: "output/a.png", size: 7, type: "image/png" } });
    expect(await readFile(join(project.folder, "output", "a.png"))).toEqual(bytes);
    await project.remove();
  });

  test("with an error status is handed on where that is wanted", async () => {
    web.routes.set("/gone", (_request, response) => response.writeHead(410).end("gone"));
    expect((await run({ url: `${web.url}/gone`, acceptAnyStatus: true })).output).toMatchObject({
      status: 410,
      body: "gone",
    });
  });

  test("that doesn’t come in time is given up", async () => {
    web.routes.set("/silent", () => {});
    const { error } = await run({ url: `${web.url}/silent`, timeout: 0.2 });
    expect(error).toMatchObject({ code: "http.timeout", retryable: true, params: { limit: 0.2 } });
  });
});

describe("what can’t be called", () => {
  test.each([
    "file:///etc/passwd",
    "ftp://example.com/x",
    "data:text/plain,hi",
    "example.com/orders",
    "",
    "javascript:1",
  ])("%j is refused", async (url) => {
    const { error } = await run({ url: "{{ it.url }}" }, { it: { url } });
    expect(error).toMatchObject({ code: "http.bad-url", params: { url }, retryable: false });
  });

  test("a place where nothing listens is named, with a way to go on", async () => {
    const other = await startWeb();
    await other.close();
    const { error } = await run({ url: `${other.url}/x` });
    expect(error).toMatchObject({ code: "http.network", retryable: true, params: { detail: "ECONNREFUSED" } });
  });

  test("a header that HTTP forbids is named without its value", async () => {
    const { error } = await run({ secretHeaders: { "bad name": "{{ secrets.SHOP_KEY }}" } });
    expect(error).toMatchObject({ code: "http.bad-header", params: { name: "bad name" } });
    expect(error?.message).not.toContain("s3cret");
  });
});

test("a step with retries waits as long as the server asks before it tries again", async () => {
  const tries: number[] = [];
  web.routes.set("/patience", (_request, response) => {
    tries.push(performance.now());
    if (tries.length === 1) response.writeHead(429, { "retry-after": "1" }).end();
    else response.end("fine");
  });
  const { flow } = readFlow(`
heddle: 1
name: patience
nodes:
  start: { type: start, config: { fields: {} } }
  ask: { type: http-request, config: { url: "${web.url}/patience" }, retry: { times: 2, backoff: 1ms } }
edges: [start -> ask]
`);
  const events: RunEvent[] = [];
  const driver = createMemoryDriver({ publish: (event) => void events.push(event) });
  const plan = planOrThrow(flow, createCatalog(NODES));
  await execute(plan, { runId: "r", flow: "patience", revision: "", input: {}, services, driver });
  expect(events.find(({ type }) => type === "run.completed")).toBeDefined();
  expect(tries[1]! - tries[0]!).toBeGreaterThan(950);
});

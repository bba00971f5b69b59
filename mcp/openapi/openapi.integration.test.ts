import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../engine/lib/json.ts";
import { openApiServerName, openApiSourceOf } from "../../engine/node/openapi-source.ts";
import type { ToolService } from "../../engine/node/services.ts";
import { NO_SERVICES } from "../../nodes/testing/no-services.ts";
import { startWeb } from "../../nodes/testing/real-services.ts";
import { runSample } from "../../nodes/testing/run-sample.ts";
import { sampleProject } from "../../nodes/testing/sample-project.ts";
import { SHOP_API } from "../../nodes/testing/shop-api.ts";
import { openapiTool } from "../../nodes/tools/openapi-tool.ts";
import { toolSource } from "../../nodes/tools/tool-source.ts";
import { withOpenApi } from "./index.ts";

let web: Awaited<ReturnType<typeof startWeb>>;
let project: Awaited<ReturnType<typeof sampleProject>>;
let tools: ToolService;
const { signal } = new AbortController();
const secrets = { get: async (name: string) => `value-of-${name}` };

beforeAll(async () => {
  web = await startWeb();
  project = await sampleProject();
  tools = withOpenApi(NO_SERVICES.tools, { files: project.files, fetch, secrets, callTimeout: 2000 });
});
beforeEach(() => project.files.write("apis/shop.yaml", Buffer.from(SHOP_API), signal));
afterAll(async () => {
  await web.close();
  await project.remove();
});

const source = (more: object = {}) =>
  openApiServerName({ document: "apis/shop.yaml", baseUrl: `${web.url}/v1`, ...more });
const call = (tool: string, args: JsonObject, more: object = {}) =>
  tools.call({ server: source(more), tool, arguments: args, signal, idempotencyKey: "run/step" });
const last = () => web.requests.at(-1)!;

describe("a document’s operations are tools", () => {
  test("with names that models take, schemas in one dialect, and circles cut", async () => {
    const listed = await tools.list(source());
    expect(listed.map(({ name, description }) => [name, description])).toEqual([
      ["getOrder", "Reads an order"],
      ["delete_orders_id", "Removes an order"],
      ["createOrder", "POST /orders"],
      ["log_in_now", "POST /login"],
    ]);
    expect(listed[0]!.inputSchema).toMatchObject({
      properties: { id: { type: "integer" }, fields: { type: "array" } },
      required: ["id"],
    });
    expect(listed[0]!.outputSchema).toMatchObject({ properties: { id: { type: "integer" } } });
    expect(listed[2]!.inputSchema.properties?.["body"]).toMatchObject({
      required: ["item"],
      properties: { note: { type: ["string", "null"] }, price: { exclusiveMinimum: 0 } },
    });
    expect(() => JSON.stringify(listed)).not.toThrow();
    expect((await tools.list(source(), ["createOrder"])).map(({ name }) => name)).toEqual(["createOrder"]);
    await expect(tools.list(source(), ["nothing"])).rejects.toMatchObject({ code: "tool.unknown" });
  });

  test("called the way the document says", async () => {
    const { value } = await call("getOrder", { id: 7, fields: ["a b", "c"], filter: { from: "x&y" }, "X-Trace": "t1" });
    expect(value).toMatchObject({ method: "GET", path: "/v1/orders/7" });
    expect(new URLSearchParams(last().query)).toEqual(new URLSearchParams({ fields: "c", "filter[from]": "x&y" }));
    expect(last().headers).toMatchObject({ "x-trace": "t1", "idempotency-key": "run/step" });
    await call("createOrder", { body: { item: "Lamp", note: null } });
    expect(last()).toMatchObject({ method: "POST", path: "/v1/orders", body: '{"item":"Lamp","note":null}' });
    await call("log_in_now", { body: { user: "a&b" } });
    expect(last()).toMatchObject({
      body: "user=a%26b",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  });

  test("with secrets that nothing but the request holds", async () => {
    const named = {
      secretHeaders: { Authorization: "Bearer {{ secrets.SHOP }}" },
      secretQuery: { key: "{{ secrets.KEY }}" },
    };
    expect(source(named)).not.toContain("value-of");
    await call("getOrder", { id: 1 }, named);
    expect(last()).toMatchObject({
      headers: { authorization: "Bearer value-of-SHOP" },
      query: { key: "value-of-KEY" },
    });
    web.routes.set("/v1/orders/2", (_request, response) =>
      response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    );
    await expect(call("getOrder", { id: 2 }, named)).rejects.toThrow(/sends callers on/);
  });

  test("arguments can’t lead to another path", async () => {
    await project.files.write(
      "apis/shop.yaml",
      Buffer.from(SHOP_API.replace("schema: { type: integer }", "schema: { type: string }")),
      signal,
    );
    for (const id of ["../admin", "a/b?c#d", "..", "."]) {
      await call("getOrder", { id });
      expect(last().path.split("/")).toHaveLength(4);
      expect(last().path).toMatch(/^\/v1\/orders\/.+/);
    }
  });
});

describe("what goes wrong is told", () => {
  test.each([
    [{ id: "seven" }, "id"],
    [{}, "id"],
    [{ id: 1, more: true }, "more"],
  ])("arguments %j before anything is sent", async (args, word) => {
    const seen = web.requests.length;
    await expect(call("getOrder", args as JsonObject)).rejects.toMatchObject({
      code: "tool.failed",
      params: { detail: expect.stringContaining(word) },
    });
    expect(web.requests.length).toBe(seen);
  });

  test.each([
    [404, false],
    [429, true],
    [503, true],
  ])("status %i, with the API’s words; worth another try: %s", async (status, retryable) => {
    web.routes.set("/v1/orders/3", (_request, response) => response.writeHead(status).end('{"error":"no such order"}'));
    await expect(call("getOrder", { id: 3 })).rejects.toMatchObject({
      code: "tool.failed",
      retryable,
      params: { detail: `${status}: {"error":"no such order"}` },
    });
  });

  test("silence, and nobody there", async () => {
    web.routes.set("/v1/orders/4", () => undefined);
    await expect(call("getOrder", { id: 4 })).rejects.toMatchObject({ code: "tool.timeout", retryable: true });
    await expect(call("getOrder", { id: 1 }, { baseUrl: "http://127.0.0.1:1" })).rejects.toMatchObject({
      code: "tool.server-unavailable",
      retryable: true,
    });
  });

  test.each([
    ["no document", "just text", /openapi:/],
    ["Swagger 2", "swagger: '2.0'\ninfo: {title: a, version: '1'}\npaths: {}", /Swagger 2/],
    ["broken YAML", "a: [", /can’t be used/],
    ["a document that breaks the rules", "openapi: 3.0.0\ninfo: {title: a}\npaths: {}", /version/],
    ["a reference to what isn’t there", SHOP_API.replace("schemas/NewOrder", "schemas/Missing"), /Missing/],
    ["a reference to another file", SHOP_API.replace("#/components/schemas/NewOrder", "/etc/passwd"), /outside of it/],
  ])("%s", async (_what, text, message) => {
    await project.files.write("apis/bad.yaml", Buffer.from(text), signal);
    const listing = tools.list(openApiServerName({ document: "apis/bad.yaml" }));
    await expect(listing).rejects.toMatchObject({
      code: "openapi.unreadable",
      message: expect.stringMatching(message),
    });
  });

  test("a document without a server, one that isn’t there, one outside", async () => {
    const text = SHOP_API.replace(/servers:[\s\S]*?paths:/, "paths:");
    await project.files.write("apis/bare.yaml", Buffer.from(text), signal);
    const bare = {
      server: "openapi:apis/bare.yaml",
      tool: "getOrder",
      arguments: { id: 1 },
      signal,
      idempotencyKey: "k",
    };
    await expect(tools.call(bare)).rejects.toMatchObject({ code: "openapi.no-server" });
    await expect(tools.list("openapi:apis/none.yaml")).rejects.toMatchObject({ code: "file.missing" });
    await expect(tools.list("openapi:../secret.yaml")).rejects.toMatchObject({ code: "file.outside" });
  });
});

test("a document is found at an address too, its server beside it", async () => {
  web.routes.set("/openapi.json", (_request, response) =>
    response.end(SHOP_API.replace("http://{host}/v1", "/beside")),
  );
  const server = openApiServerName({ document: `${web.url}/openapi.json` });
  await tools.call({ server, tool: "getOrder", arguments: { id: 1 }, signal, idempotencyKey: "k" });
  expect(last().path).toBe("/beside/orders/1");
  const gone = tools.list(`openapi:${web.url.replace(/\d+$/, "1")}/x.json`);
  await expect(gone).rejects.toMatchObject({ code: "openapi.unreadable", retryable: true });
});

test("a change of the file is seen at the next call", async () => {
  await tools.list(source());
  await project.files.write("apis/shop.yaml", Buffer.from(SHOP_API.replace("getOrder", "readOrder")), signal);
  expect((await tools.list(source())).map(({ name }) => name)).toContain("readOrder");
});

test("the step calls it, with references that keep their type", async () => {
  const config = {
    document: "apis/shop.yaml",
    baseUrl: "{{ shop.url }}",
    operation: "getOrder",
    arguments: { id: "{{ start.order }}" },
  };
  const sample = { config, scope: { shop: { url: web.url }, start: { order: 7 } } };
  const { output, error } = await runSample(openapiTool, sample, { services: { ...NO_SERVICES, tools } });
  expect(error).toBeUndefined();
  expect(output).toMatchObject({ value: { path: "/orders/7" } });
  expect(last().headers["idempotency-key"]).toBe("sample/subject");
});

test("a bound API’s name says all that is needed to call it", () => {
  const config = { document: "a#b.yaml", secretHeaders: { A: "{{ secrets.B }}" }, tools: ["x"] };
  const { server, tools: named } = toolSource({ key: "api", type: "openapi-server", config });
  expect(named).toEqual(["x"]);
  expect(openApiSourceOf(server)).toEqual({ document: "a#b.yaml", secretHeaders: { A: "{{ secrets.B }}" } });
  expect(toolSource({ key: "s", type: "mcp-server", config: { server: "shop", tools: [] } })).toEqual({
    server: "shop",
  });
  expect(openApiSourceOf("shop")).toBeUndefined();
});

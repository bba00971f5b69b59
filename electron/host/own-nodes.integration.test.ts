import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { DurableEvent } from "../../engine/run/events.ts";
import { freshHome, startHost } from "./testing/started-host.ts";

const greet = (word: string) => `
import { defineNode, template } from "heddle/node";
export default defineNode<{ name: string }>({
  type: "greet", title: "Greet", description: "Says hello.",
  config: { type: "object", properties: { name: template({ label: "Name" }) }, required: ["name"] },
  initial: { name: "you" },
  output: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  run: ({ config }) => ({ output: { text: "${word} " + config.name } }),
});`;

const flow = (steps: string, answer: string) => `
heddle: 1
name: t
nodes:
  start: { type: start, config: { fields: { name: { type: string } } } }
  ${steps}
  answer: { type: answer, config: { text: "${answer}" } }
edges:
  - start -> step
  - step -> answer
`;

async function project(files: Record<string, string>) {
  const home = await freshHome();
  const folder = join(home, "project");
  const put = async (path: string, text: string) => {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await put("heddle.yaml", "name: Own nodes\n");
  for (const [path, text] of Object.entries(files)) await put(path, text);
  const { client } = await startHost({ home, project: folder });
  return { client, put };
}

async function answerOf(client: HostClient, text: string, input: object = { name: "Ada" }): Promise<unknown> {
  const { runId } = await client.runs.start({ flow: "t", text, input: input as Record<string, string> });
  const last: DurableEvent[] = [];
  for await (const event of await client.runs.events({ runId, after: 0 })) {
    if (event.type === "run.completed" || event.type === "run.failed") last.push(event);
    if (last.length > 0) break;
  }
  const [end] = last;
  return end?.type === "run.completed" ? end.output : end;
}

test("a project’s nodes run in the host like built-in ones; a broken one is listed; a change is taken over", async () => {
  const { client, put } = await project({ "nodes/greet.ts": greet("Hello"), "nodes/broken.ts": "export default {" });
  const types = await client.catalog.list({});
  expect(types.find(({ type }) => type === "folder:greet")).toMatchObject({
    origin: { kind: "folder", name: "nodes/greet" },
  });
  expect(await client.catalog.broken({})).toMatchObject([
    { origin: { name: "nodes/broken" }, error: { code: "third-party.broken" } },
  ]);
  const text = flow('step: { type: "folder:greet", config: { name: "{{ start.name }}" } }', "{{ step.text }}!");
  expect((await client.flows.analyze({ text })).problems).toEqual([]);
  expect(await answerOf(client, text)).toEqual({ text: "Hello Ada!" });
  await put("nodes/greet.ts", greet("Good day"));
  await vi.waitFor(async () => expect(await answerOf(client, text)).toEqual({ text: "Good day Ada!" }), {
    timeout: 20_000,
    interval: 500,
  });
});

test("an API’s document in the project is called, and a file of the project read", async () => {
  const api = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ path: request.url, key: request.headers["idempotency-key"] }));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void api.close());
  await new Promise((resolve) => api.once("listening", resolve));
  const { port } = api.address() as AddressInfo;
  const document = `
openapi: 3.1.0
info: { title: Orders, version: "1" }
servers: [{ url: "http://127.0.0.1:${port}" }]
paths: { "/orders/{id}": { get: { operationId: getOrder, parameters: [{ name: id, in: path, required: true, schema: { type: integer } }], responses: { "200": { description: ok } } } } }`;
  const { client } = await project({ "apis/orders.yaml": document, "data/note.txt": "from the file" });
  const call =
    "step: { type: openapi-tool, config: { document: apis/orders.yaml, operation: getOrder, arguments: { id: 7 } } }";
  expect(await answerOf(client, flow(call, "{{ step.value.path }}"))).toEqual({ text: "/orders/7" });
  const read = "step: { type: file-read, config: { path: data/note.txt } }";
  expect(await answerOf(client, flow(read, "{{ step.text }}"))).toEqual({ text: "from the file" });
});

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { expect, it, onTestFinished } from "vitest";
import { TOOL_FLOWS } from "./testing/tool-flows.ts";
import { projectOf } from "./testing/projects.ts";
import { freshHome, startHost, type StartedHost } from "./testing/started-host.ts";

async function toolHost(): Promise<StartedHost & { mcp: URL; token: string }> {
  const project = await projectOf(TOOL_FLOWS);
  const host = await startHost({ home: await freshHome(), project });
  const statuses = await host.client.triggers.setActive({ flow: "double", active: true });
  await host.client.triggers.setActive({ flow: "ask", active: true });
  const mcp = new URL(statuses.find(({ flow }) => flow === "double")!.url!);
  // The first call, though refused, makes the token.
  expect((await fetch(mcp, { method: "POST" })).status).toBe(401);
  const path = join(project, ".heddle", "mcp-token");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  return { ...host, mcp, token: (await readFile(path, "utf8")).trim() };
}

async function connect({ mcp, token }: { mcp: URL; token: string }): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(mcp, { requestInit }));
  onTestFinished(() => client.close());
  return client;
}

it("offers active flows as tools, with what they take and give", async () => {
  const host = await toolHost();
  const client = await connect(host);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["ask_person", "double"]);
  expect(tools[1]).toMatchObject({
    description: "Doubles a number.",
    inputSchema: { type: "object", properties: { n: { type: "number" } }, required: ["n"] },
    outputSchema: { type: "object", properties: { twice: { type: "number" } } },
  });
  expect(JSON.stringify(tools)).not.toContain("heddle");
  const result = await client.callTool({ name: "double", arguments: { n: 21 } });
  expect(result).toMatchObject({ content: [{ type: "text", text: '{"twice":42}' }], structuredContent: { twice: 42 } });
  expect((await host.client.runs.list({}))[0]).toMatchObject({ flow: "double", state: "succeeded", trigger: "call" });
  const wrong = await client.callTool({ name: "double", arguments: { n: "many" } });
  expect(wrong).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/n/) as string }] });
  await expect(client.callTool({ name: "nothing" })).rejects.toThrow(/nothing/);
});

it("offers one tool of each name, and says which trigger gave way", async () => {
  const host = await toolHost();
  const text = TOOL_FLOWS["flows/double.flow.yaml"].replace("name: Double", "name: Later");
  const made = await host.client.flows.create({ title: "Later" });
  await host.client.flows.write({ name: made.name, text, base: made.revision });
  const statuses = await host.client.triggers.setActive({ flow: made.name, active: true });
  expect(statuses.map(({ flow, error }) => [flow, error?.code])).toEqual([
    ["ask", undefined],
    ["double", undefined],
    [made.name, "trigger.tool-taken"],
  ]);
  expect((await host.client.triggers.tools({})).map(({ flow }) => flow)).toEqual(["ask", "double"]);
});

it("tells clients that the tools have changed", async () => {
  const host = await toolHost();
  const client = await connect(host);
  await client.listTools();
  const changed = Promise.withResolvers<void>();
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => changed.resolve());
  await host.client.triggers.setActive({ flow: "ask", active: false });
  await changed.promise;
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["double"]);
});

it("tells how far a call is, and cancels the run when the client gives it up", async () => {
  const host = await toolHost();
  const client = await connect(host);
  const told: string[] = [];
  const waiting = Promise.withResolvers<void>();
  const giveUp = new AbortController();
  const call = client.callTool({ name: "ask_person", arguments: {} }, undefined, {
    signal: giveUp.signal,
    onprogress({ progress, message }) {
      told.push(`${progress} ${message}`);
      if (message === "approve: Shall it?") waiting.resolve();
    },
  });
  call.catch(() => {});
  await waiting.promise;
  expect(told.slice(0, 2)).toEqual(["1 call …", "2 call ✓"]);
  const [run] = await host.client.runs.list({ flow: "ask" });
  giveUp.abort();
  await expect(call).rejects.toThrow(/abort/i);
  const end = await host.client.runs.events({ runId: run!.runId });
  for await (const event of end) if (event.type === "run.cancelled") return;
  throw new Error("the run went on");
});

it("answers a person's decision to the client that waits for it", async () => {
  const host = await toolHost();
  const client = await connect(host);
  const call = client.callTool({ name: "ask_person", arguments: {} });
  for await (const [task] of await host.client.inbox.watch({})) {
    if (!task) continue;
    await host.client.runs.answer({ runId: task.runId, path: task.path, value: { choice: "approve", values: {} } });
    break;
  }
  expect(await call).toMatchObject({ content: [{ type: "text", text: "It shall." }] });
});

it("is closed to who doesn't know the token, and to pages elsewhere", async () => {
  const { mcp, token } = await toolHost();
  await expect(connect({ mcp, token: "wrong" })).rejects.toThrow(/heddle mcp --token/);
  const headers = { authorization: `Bearer ${token}`, origin: "https://evil.example" };
  expect((await fetch(mcp, { method: "POST", headers })).status).toBe(403);
  const lost = { authorization: `Bearer ${token}`, "mcp-session-id": "gone", accept: "text/event-stream" };
  expect((await fetch(mcp, { headers: lost })).status).toBe(404);
});

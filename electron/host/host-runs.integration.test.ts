import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RunEvent } from "../../engine/run/events.ts";
import { descendants, freshHome, isAlive, startHost, type StartedHost } from "./testing/started-host.ts";

async function follow(host: StartedHost, runId: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of await host.client.runs.events({ runId })) events.push(event);
  return events;
}

/** Waits until the processes are gone; the test's own limit is what ends a wait in vain. */
async function gone(pids: number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The processes of the demo model and of the sample's MCP server, once both run. */
async function startEverything(host: StartedHost): Promise<number[]> {
  await host.client.models.load({ id: "demo" });
  for await (const servers of await host.client.tools.watch({})) if (servers[0]?.state === "ready") break;
  const pids = descendants(host.child.pid!);
  expect(pids.length).toBeGreaterThanOrEqual(2);
  return pids;
}

/** A web service that holds the first request until it is closed and answers every later one. */
async function slowService() {
  const first = Promise.withResolvers<void>();
  let requests = 0;
  const server = createServer((_request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    if (requests === 1) first.resolve();
    else response.setHeader("content-type", "application/json").end('{"total":42}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    first: first.promise,
    requests: () => requests,
  };
}

const orderFlow = (url: string) => `heddle: 1
name: Order
nodes:
  start: { type: start, config: { fields: { id: { type: string, label: Order } } } }
  before: { type: code, config: { source: "return { at: Date.now() }" } }
  ask: { type: http-request, config: { url: "${url}" } }
  answer: { type: answer, config: { text: "Order {{ start.id }}: {{ ask.body.total }}" } }
edges:
  - start -> before
  - before -> ask
  - ask -> answer
`;

describe("runs", () => {
  it("stream the sample flow's answer from the demo model", async () => {
    const host = await startHost({ home: await freshHome() });
    const { text } = await host.client.flows.read({ name: "triage" });
    const input = { message: "Hi, you charged my card two times for order 1042. Can you sort this out?" };
    const { runId } = await host.client.runs.start({ flow: "triage", text, input });
    const events = await follow(host, runId);
    expect(events.at(-1)).toMatchObject({ type: "run.completed" });
    expect(events.find((event) => event.type === "step.completed" && event.path === "triage")).toMatchObject({
      output: { label: "billing" },
    });
    expect(events.filter((event) => event.type === "answer.delta").length).toBeGreaterThan(1);
    expect(await host.client.runs.list({ flow: "triage" })).toMatchObject([{ runId, state: "succeeded" }]);
    const again = await host.client.runs.events({ runId, after: events.length });
    expect((await again.next()).done).toBe(true);
  });

  it("tell a window of many events in few messages", async () => {
    const host = await startHost({ home: await freshHome() });
    const text = `heddle: 1
name: Long
nodes:
  start: { type: start, config: { fields: {} } }
  again: { type: loop, config: { times: "700" }, body: { nodes: { say: { type: template, config: { text: Hi } } } } }
edges: [start -> again]
`;
    const { runId } = await host.client.runs.start({ flow: "long", text, input: {} });
    const told: RunEvent[][] = [];
    for await (const events of await host.client.runs.follow({ runId })) told.push(events);
    expect(told.flat().at(-1)).toMatchObject({ type: "run.completed" });
    expect(told.flat()).toEqual(await follow(host, runId));
    expect(told.flat().length).toBeGreaterThan(2000);
    expect(told.length).toBeLessThan(told.flat().length / 10);
  });

  it("don't start from a text that can't be read", async () => {
    const host = await startHost({ home: await freshHome() });
    const start = host.client.runs.start({ flow: "x", text: "heddle: 1\nnodes: [", input: {} });
    await expect(start).rejects.toMatchObject({ code: "flow.syntax" });
  });

  it("go on where they were after the host was killed", async () => {
    const service = await slowService();
    const home = await freshHome();
    const project = join(home, "desk");
    await mkdir(project);
    const host = await startHost({ home, project });
    const text = orderFlow(service.url);
    const { runId } = await host.client.runs.start({ flow: "order", text, input: { id: "7" } });
    await service.first;
    await host.end("SIGKILL");

    const next = await startHost({ home, project });
    const events = await follow(next, runId);
    expect(events.at(-1)).toMatchObject({ type: "run.completed", output: { text: "Order 7: 42" } });
    expect(events.filter((event) => event.type === "step.completed" && event.path === "before")).toHaveLength(1);
    expect(service.requests()).toBe(2);
  });

  it("rest when the host is asked to end, and are finished by the next", async () => {
    const service = await slowService();
    const home = await freshHome();
    const project = join(home, "desk");
    await mkdir(project);
    const host = await startHost({ home, project });
    const { runId } = await host.client.runs.start({ flow: "order", text: orderFlow(service.url), input: { id: "8" } });
    await service.first;
    expect(await host.end("SIGTERM")).toEqual({ code: 0, signal: null });
    const next = await startHost({ home, project });
    expect((await follow(next, runId)).at(-1)).toMatchObject({ type: "run.completed" });
  });
});

describe.skipIf(process.platform === "win32")("the processes that the host started", () => {
  it.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)("end with it on %s", async (signal) => {
    const host = await startHost({ home: await freshHome() });
    const pids = await startEverything(host);
    await host.end(signal);
    await gone(pids);
  });

  it("end when the program that started the host goes away", async () => {
    const host = await startHost({ home: await freshHome(), channel: true });
    const pids = await startEverything(host);
    const ended = once(host.child, "exit");
    host.child.disconnect();
    await ended;
    await gone(pids);
  });

  it("follow what another program writes into mcp.json", async () => {
    const home = await freshHome();
    const host = await startHost({ home });
    const pids = await startEverything(host);
    const watched = await host.client.tools.watch({});
    await writeFile(join(home, "projects", "support-desk", "mcp.json"), '{"mcpServers":{}}');
    for await (const servers of watched) if (servers.length === 0) break;
    await host.client.models.unload({ id: "demo" });
    await gone(pids);
  });
});

import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { DurableEvent, RunEvent } from "../../engine/run/events.ts";
import type { RunResource } from "../api.ts";
import { createBundle, publisherKeys, signBundle, type BundleSources } from "../bundle/index.ts";
import { readServerSentEvents } from "../client/server-sent-events.ts";
import { ended, isRunning, signal } from "../deploy/local/process.ts";
import { clusterPaths, clusterStatus, startCluster } from "../deploy/local/index.ts";
import { bundleSources } from "../testing/bundle-sources.ts";
import { holdRequests, type HeldRequest, type HeldRequests } from "../testing/held-requests.ts";
import { startTestCluster, type TestCluster } from "../testing/test-cluster.ts";

let cluster: TestCluster;
let outside: HeldRequests;
beforeAll(async () => {
  [cluster, outside] = await Promise.all([startTestCluster(), holdRequests()]);
  cluster.flows["hello"] = HELLO;
  cluster.flows["calls"] = calls(outside.url);
  await cluster.publish("hello");
  await cluster.publish("calls");
}, 120_000);
afterAll(async () => {
  await outside?.close();
  await cluster?.dispose();
});

const HELLO = `heddle: 1
name: Hello
nodes:
  start: { type: start, config: { fields: { name: { type: string, label: Name }, times: { type: number, label: Times, optional: true } } } }
  answer: { type: answer, config: { text: "Hello {{ start.name }}" } }
edges:
  - start -> answer
`;

/** Three calls one after the other, then an answer made of them. */
const calls = (url: string): string => `heddle: 1
name: Calls
nodes:
  start: { type: start, config: { fields: { id: { type: string, label: Id } } } }
  one: { type: http-request, config: { url: "${url}/{{ start.id }}/one", timeout: 60 } }
  two: { type: http-request, config: { url: "${url}/{{ start.id }}/two", timeout: 60 } }
  three: { type: http-request, config: { url: "${url}/{{ start.id }}/three", timeout: 60 } }
  answer: { type: answer, config: { text: "{{ one.body.n }}{{ two.body.n }}{{ three.body.n }}" } }
edges:
  - start -> one
  - one -> two
  - two -> three
  - three -> answer
`;

const SECRET = (url: string): string => `heddle: 1
name: Secret
nodes:
  start: { type: start, config: { fields: {} } }
  ask: { type: http-request, config: { url: "${url}/secret", secretHeaders: { x-key: "Bearer {{ secrets.SHOP_KEY }}" } } }
  answer: { type: answer, config: { text: "done" } }
edges:
  - start -> ask
  - ask -> answer
`;

const TOOL = `heddle: 1
name: Tool
nodes:
  start: { type: start, config: { fields: {} } }
  ask: { type: mcp-tool, config: { server: everything, tool: get-env } }
  answer: { type: answer, config: { text: "{{ ask }}" } }
edges:
  - start -> ask
  - ask -> answer
`;

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers },
});
const seqs = (events: readonly RunEvent[]): number[] => events.flatMap((event) => ("seq" in event ? [event.seq] : []));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const kept = async (runId: string): Promise<DurableEvent[]> =>
  (await cluster.request(`/v1/runs/${runId}/events`)).json() as Promise<DurableEvent[]>;

async function startCalls(id: string): Promise<string> {
  const response = await cluster.request("/v1/flows/calls/runs", json({ id }, { prefer: "respond-async" }));
  expect(response.status).toBe(202);
  return ((await response.json()) as RunResource).runId;
}

/** The run's events until it ends, over a real stream. */
async function follow(runId: string, headers: Record<string, string> = {}): Promise<RunEvent[]> {
  const response = await cluster.request(`/v1/runs/${runId}/events`, {
    headers: { accept: "text/event-stream", ...headers },
  });
  expect(response.status).toBe(200);
  const events: RunEvent[] = [];
  for await (const { data } of readServerSentEvents(response)) events.push(JSON.parse(data) as RunEvent);
  return events;
}

describe("calling a published flow", () => {
  it("answers a plain call with the result", async () => {
    const response = await cluster.request("/v1/flows/hello/runs", json({ name: "Ann" }));
    expect(response.status).toBe(200);
    const run = (await response.json()) as RunResource;
    expect(run).toMatchObject({ flow: "hello", revision: 1, state: "succeeded", output: { text: "Hello Ann" } });
    expect(response.headers.get("location")).toBe(`/v1/runs/${run.runId}`);
    const looked = (await (await cluster.request(`/v1/runs/${run.runId}`)).json()) as RunResource;
    expect(looked).toMatchObject({ state: "succeeded", input: { name: "Ann" }, output: { text: "Hello Ann" } });
  });

  it("takes a call for later and lets it be looked up", async () => {
    const runId = await startCalls("later");
    for (const n of [1, 2, 3]) (await outside.next()).answer({ n });
    expect((await follow(runId)).at(-1)).toMatchObject({ type: "run.completed", output: { text: "123" } });
  });

  it("streams every event with its number, and goes on after the last one seen", async () => {
    const response = await cluster.request(
      "/v1/flows/hello/runs",
      json({ name: "Bo" }, { accept: "text/event-stream" }),
    );
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const events: { type: string; id?: string; event: RunEvent }[] = [];
    for await (const { type, id, data } of readServerSentEvents(response))
      events.push({ type, id, event: JSON.parse(data) as RunEvent });
    expect(events.every(({ type, event }) => type === event.type)).toBe(true);
    const durable = events.filter(({ event }) => "seq" in event);
    expect(durable.map(({ id }) => Number(id))).toEqual(upTo(durable.length));
    const again = await follow(events[0]!.event.runId, { "last-event-id": "3" });
    expect(seqs(again)).toEqual(upTo(durable.length).slice(3));
  });

  it("goes on with a run whose caller went away", async () => {
    const leaving = new AbortController();
    const call = cluster.request("/v1/flows/calls/runs", {
      ...json({ id: "left" }, { "idempotency-key": "left" }),
      signal: leaving.signal,
    });
    const first = await outside.next();
    leaving.abort();
    await expect(call).rejects.toThrow("aborted");
    first.answer({ n: 7 });
    for (const n of [8, 9]) (await outside.next()).answer({ n });
    const again = await cluster.request("/v1/flows/calls/runs", json({ id: "left" }, { "idempotency-key": "left" }));
    expect(await again.json()).toMatchObject({ state: "succeeded", output: { text: "789" } });
  });

  it("makes one run of one idempotency key, and refuses another input under it", async () => {
    const call = (name: string) =>
      cluster.request("/v1/flows/hello/runs", json({ name }, { "idempotency-key": "order-1" }));
    const [first, second] = (await Promise.all(
      [call("Cy"), call("Cy")].map(async (response) => (await response).json()),
    )) as RunResource[];
    expect(second!.runId).toBe(first!.runId);
    const other = await call("Di");
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ code: "publish.idempotency-conflict" });
  });

  it("cancels a run", async () => {
    const runId = await startCalls("cancelled");
    const held = await outside.next();
    expect((await cluster.request(`/v1/runs/${runId}`, { method: "DELETE" })).status).toBe(202);
    expect((await follow(runId)).at(-1)).toMatchObject({ type: "run.cancelled" });
    await held.dropped;
    expect(await (await cluster.request(`/v1/runs/${runId}`)).json()).toMatchObject({ state: "cancelled" });
    const again = await cluster.request(`/v1/runs/${runId}`, { method: "DELETE" });
    expect([again.status, await again.json()]).toMatchObject([409, { code: "publish.run-ended" }]);
  });

  it("tells a failed run as a problem with the run’s id", async () => {
    const call = cluster.request("/v1/flows/calls/runs", json({ id: "failing" }));
    const held = await outside.next();
    held.refuse(404);
    const response = await call;
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      runId: expect.stringMatching(/^run_/) as string,
      code: expect.any(String) as string,
    });
  });
});

describe("refusing a call", () => {
  const refused = async (
    path: string,
    init: RequestInit,
  ): Promise<{ status: number; code: string; message: string }> => {
    const response = await cluster.request(path, init);
    const { code, message } = (await response.json()) as { code: string; message: string };
    return { status: response.status, code, message };
  };

  it.each([
    ["no key", { authorization: "" }],
    ["a wrong key", { authorization: "Bearer hk_wrong" }],
  ])("with %s", async (_, headers) => {
    expect(await refused("/v1/flows/hello/runs", json({ name: "x" }, headers))).toMatchObject({
      status: 401,
      code: "publish.unauthorized",
    });
  });

  it("says which field of the input is wrong, in the caller’s language", async () => {
    const missing = await refused("/v1/flows/hello/runs", json({}));
    expect(missing).toMatchObject({ status: 400, code: "publish.input-invalid" });
    expect(missing.message).toContain("“name” is missing");
    const wrong = await refused(
      "/v1/flows/hello/runs",
      json({ name: "x", times: "often" }, { "accept-language": "zh-CN,zh;q=0.9" }),
    );
    expect(wrong.message).toMatch(/^输入不符合“hello”的表单：“times”/);
  });

  it.each([
    ["an unknown flow", "/v1/flows/nope/runs", json({}), 404, "publish.flow-unknown"],
    ["an unknown run", "/v1/runs/run_nope", {}, 404, "publish.run-unknown"],
    ["a body that isn’t JSON", "/v1/flows/hello/runs", { method: "POST", body: "{" }, 400, "publish.body-unreadable"],
    [
      "a body that is too large",
      "/v1/flows/hello/runs",
      { method: "POST", body: "x".repeat(9 * 2 ** 20) },
      413,
      "publish.body-too-large",
    ],
    ["the publisher’s calls with an API key", "/v1/keys", json({ name: "x" }), 403, "publish.forbidden"],
    ["an unknown address", "/v1/nothing", {}, 404, "publish.route-unknown"],
  ])("for %s", async (_, path, init, status, code) => {
    expect(await refused(path, init)).toMatchObject({ status, code });
  });
});

describe("revisions", () => {
  it("answers with the newest, and with an earlier one after a rollback", async () => {
    const said = async () =>
      ((await (await cluster.request("/v1/flows/greet/runs", json({ name: "Ed" }))).json()) as RunResource).output;
    cluster.flows["greet"] = HELLO;
    expect(await cluster.publish("greet")).toMatchObject({ revision: 1 });
    cluster.flows["greet"] = HELLO.replace("Hello {{", "Goodbye {{");
    expect(await cluster.publish("greet")).toMatchObject({ revision: 2 });
    expect(await cluster.publish("greet")).toMatchObject({ revision: 2 });
    expect(await said()).toEqual({ text: "Goodbye Ed" });
    const admin = await cluster.publisher.gateway("admin");
    expect(await admin.rollback("greet", 1)).toMatchObject({ revision: 1 });
    expect(await said()).toEqual({ text: "Hello Ed" });
    expect((await admin.revisions("greet")).map(({ revision, active }) => [revision, active])).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  it("refuses a bundle that was changed after it was signed", async () => {
    const admin = await cluster.publisher.gateway("admin");
    const { bundle } = await createBundle({ name: "hello", text: HELLO }, bundleSources());
    await expect(admin.push(bundle)).rejects.toMatchObject({ code: "publish.bundle-unsigned" });
    const signed = signBundle(bundle, publisherKeys(cluster.home));
    await expect(admin.push({ ...signed, source: `${signed.source}# more` })).rejects.toMatchObject({
      code: "publish.bundle-tampered",
    });
    const stranger = signBundle(bundle, publisherKeys(`${cluster.home}/stranger`));
    await expect(admin.push(stranger)).rejects.toMatchObject({ code: "publish.signer-untrusted" });
    await admin.push(signed);
    await expect(admin.activate("other", signed.digest)).rejects.toMatchObject({ code: "publish.bundle-tampered" });
  });
});

describe("secrets", () => {
  it("reach the step that needs them and nothing else: no bundle, no event, no file of the cluster holds them", async () => {
    const value = "top-secret-9137246";
    await cluster.secrets.set("SHOP_KEY", value);
    cluster.flows["secret"] = SECRET(outside.url);
    await cluster.publish("secret");
    const call = cluster.request("/v1/flows/secret/runs", json({}));
    const held = await outside.next();
    expect(held.headers["x-key"]).toBe(`Bearer ${value}`);
    held.answer({ ok: true });
    const { runId } = (await (await call).json()) as RunResource;
    expect(JSON.stringify(await kept(runId))).not.toContain(value);
    expect(filesHolding(cluster.folder, value)).toEqual([]);
  });

  it("of an MCP server that stood in mcp.json reach it on the cluster, by name", async () => {
    const everything = fileURLToPath(import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"));
    cluster.servers["everything"] = {
      command: "${HEDDLE_NODE}",
      args: [everything],
      env: { SHOP_TOKEN: "plain-4471" },
    };
    cluster.flows["tool"] = TOOL;
    await cluster.publish("tool");
    expect(await cluster.secrets.get("EVERYTHING_SHOP_TOKEN")).toBe("plain-4471");
    const response = await cluster.request("/v1/flows/tool/runs", json({}));
    expect(await response.json()).toMatchObject({
      output: { text: expect.stringMatching(/SHOP_TOKEN.*plain-4471/) as string },
    });
  });

  it("say by name what is missing", async () => {
    cluster.flows["secret"] = SECRET(outside.url).replace("SHOP_KEY", "OTHER_KEY");
    await cluster.publish("secret");
    const response = await cluster.request("/v1/flows/secret/runs", json({}));
    expect(await response.json()).toMatchObject({
      code: "secret.missing",
      message: expect.stringContaining("OTHER_KEY") as string,
    });
  });
});

describe("models", () => {
  it("must be the files that the flow was published with", async () => {
    const text = HELLO.replace(
      "  answer:",
      '  reply: { type: llm, config: { prompt: "{{ start.name }}" } }\n  answer:',
    ).replace("  - start -> answer", "  - start -> reply\n  - reply -> answer");
    const admin = await cluster.publisher.gateway("admin");
    const activate = async (sources: Partial<BundleSources>): Promise<unknown> => {
      const { bundle } = await createBundle({ name: "model", text }, bundleSources(sources));
      await admin.push(signBundle(bundle, publisherKeys(cluster.home)));
      return admin.activate("model", bundle.digest);
    };
    await expect(activate({ fileDigest: async () => "1".repeat(64) })).rejects.toMatchObject({
      code: "publish.model-differs",
    });
    const other = {
      roles: { default: "mine" },
      models: [{ kind: "llama" as const, id: "mine", path: "/models/mine.gguf" }],
    };
    await expect(activate(other)).rejects.toMatchObject({ code: "publish.model-absent" });
  });
});

describe("when processes die", () => {
  it("goes on with a run in the middle on another worker: nothing lost, no step done twice that was over", async () => {
    const runId = await startCalls("killed");
    (await outside.next()).answer({ n: 1 });
    const second = await outside.next();
    await killWorkerThatHolds(second);
    const again = await outside.next();
    expect(again.path).toBe("/killed/two");
    again.answer({ n: 2 });
    (await outside.next()).answer({ n: 3 });
    const events = await follow(runId);
    expect(events.at(-1)).toMatchObject({ type: "run.completed", output: { text: "123" } });
    const durable = await kept(runId);
    expect(seqs(durable)).toEqual(upTo(durable.length));
    expect(durable.filter(({ type }) => type === "step.completed")).toHaveLength(5);
    expect(outside.seen.filter((path) => path.startsWith("/killed/"))).toEqual([
      "/killed/one",
      "/killed/two",
      "/killed/two",
      "/killed/three",
    ]);
  });

  it("ends a run that can’t begin, and says why", async () => {
    const { trustedPublishers } = clusterPaths(cluster.folder);
    renameSync(trustedPublishers, `${trustedPublishers}.away`);
    // Workers keep what they verified; new ones verify again.
    const workers = [cluster.process("worker-1"), cluster.process("worker-2")];
    for (const worker of workers) signal(worker, "SIGKILL");
    await Promise.all(workers.map((worker) => cluster.restarted(worker)));
    try {
      const response = await cluster.request("/v1/flows/hello/runs", json({ name: "Ivy" }));
      const problem = (await response.json()) as { code: string; runId: string };
      expect(problem.code).toBe("publish.signer-untrusted");
      expect((await follow(problem.runId)).map(({ type }) => type)).toEqual(["run.started", "run.failed"]);
    } finally {
      renameSync(`${trustedPublishers}.away`, trustedPublishers);
    }
    const response = await cluster.request("/v1/flows/hello/runs", json({ name: "Jo" }));
    expect(await response.json()).toMatchObject({ output: { text: "Hello Jo" } });
  });

  it("answers calls while the database is away, and keeps their events when it is back", async () => {
    await cluster.request("/v1/flows/hello/runs", json({ name: "warm" }));
    const postgres = cluster.process("postgres");
    signal(postgres, "SIGKILL");
    const response = await cluster.request("/v1/flows/hello/runs", json({ name: "Fay" }));
    const run = (await response.json()) as RunResource;
    expect(run).toMatchObject({ state: "succeeded", output: { text: "Hello Fay" } });
    await cluster.restarted(postgres);
    // The worker brings what it couldn't write once it notices that the database is back.
    const events = await vi.waitFor(async () => {
      const response = await cluster.request(`/v1/runs/${run.runId}/events`);
      expect(response.status).toBe(200);
      const kept = (await response.json()) as DurableEvent[];
      expect(kept.at(-1)).toMatchObject({ type: "run.completed" });
      return kept;
    }, 20_000);
    expect(seqs(events)).toEqual(upTo(events.length));
  });

  it("leaves nothing behind when the supervisor is killed, and goes on where it was when started again on other ports", async () => {
    const runId = await startCalls("restarted");
    (await outside.next()).answer({ n: 1 });
    const second = await outside.next();
    const { supervisor, processes, ports } = cluster.file();
    signal(supervisor, "SIGKILL");
    expect(await ended([supervisor, ...processes], 20_000)).toBe(true);
    await second.dropped;
    expect(clusterStatus(cluster.folder).state).toBe("stopped");
    const { status } = await startCluster({ home: cluster.home, port: 0 });
    expect(status.state).toBe("ready");
    expect(cluster.file().ports.balancer).not.toBe(ports.balancer);
    for (const n of [2, 3]) (await outside.next()).answer({ n });
    expect((await follow(runId)).at(-1)).toMatchObject({ type: "run.completed", output: { text: "123" } });
    const response = await cluster.request("/v1/flows/hello/runs", json({ name: "Gil" }));
    expect(await response.json()).toMatchObject({ output: { text: "Hello Gil" } });
    await cluster.publisher.clusterDown();
    expect(cluster.file().processes.filter(isRunning)).toEqual([]);
  });
});

/** Two workers run; the one whose death drops the request had it. */
async function killWorkerThatHolds(request: HeldRequest): Promise<void> {
  for (const name of ["worker-1", "worker-2"]) {
    const worker = cluster.process(name);
    signal(worker, "SIGKILL");
    const dropped = request.dropped.then(() => true);
    if (await Promise.race([dropped, cluster.restarted(worker).then(() => false)])) return;
  }
  throw new Error("the request is still held");
}

/** Files that hold the text, the databases' own included. */
function filesHolding(folder: string, text: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => readFileSync(path).includes(text));
}

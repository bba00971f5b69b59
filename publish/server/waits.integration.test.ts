import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OpenWait } from "../../engine/rpc/contract.ts";
import type { DurableEvent } from "../../engine/run/events.ts";
import type { RunResource } from "../api.ts";
import { ended, signal } from "../deploy/local/process.ts";
import { startTestCluster, type TestCluster } from "../testing/test-cluster.ts";

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
  Object.assign(cluster.flows, { refund: REFUND, payment: PAYMENT, order: ORDER, hook: HOOK, clock: CLOCK });
  for (const flow of ["refund", "payment", "hook"]) await cluster.publish(flow);
}, 120_000);
afterAll(() => cluster?.dispose());

const REFUND = `heddle: 1
name: Refund
nodes:
  start: { type: start, config: { fields: { order: { type: string, label: Order } } } }
  decide: { type: approval, config: { title: "Refund {{ start.order }}?", details: "It is **late**." } }
  yes: { type: answer, config: { text: "Refunded by {{ decide.by }}" } }
  no: { type: answer, config: { text: "Not refunded: {{ decide.comment }}" } }
edges:
  - start -> decide
  - decide.approve -> yes
  - decide.reject -> no
`;

const PAYMENT = `heddle: 1
name: Payment
nodes:
  start: { type: start, config: { fields: { order: { type: string, label: Order } } } }
  paid: { type: wait-for-event, config: { event: paid, key: "{{ start.order }}" } }
  answer: { type: answer, config: { text: "Paid {{ paid.payload.amount }}" } }
edges:
  - start -> paid
  - paid -> answer
`;

const ORDER = `heddle: 1
name: Order
nodes:
  start: { type: start, config: { fields: { names: { type: json, label: Names } } } }
  greet: { type: each, config: { items: start.names, collect: "{{ hello.text }}" }, body: { nodes: { hello: { type: sub-flow, config: { flow: greeting, input: { name: "{{ item }}" } } } }, edges: [] } }
  answer: { type: answer, config: { text: "{{ greet.items[0] }}, {{ greet.items[1] }}" } }
edges:
  - start -> greet
  - greet -> answer
`;

const GREETING = `heddle: 1
name: Greeting
nodes:
  start: { type: start, config: { fields: { name: { type: string, label: Name } } } }
  answer: { type: answer, config: { text: "Hello {{ start.name }}" } }
edges:
  - start -> answer
`;

const HOOK = `heddle: 1
name: Hook
nodes:
  called: { type: webhook, config: { path: orders/new, methods: [POST], respond: output } }
  answer: { type: answer, config: { text: "Order {{ called.body.id }}" } }
edges:
  - called -> answer
`;

const CLOCK = `heddle: 1
name: Clock
nodes:
  every: { type: schedule, config: { cron: "* * * * * *", missed: skip } }
  answer: { type: answer, config: { text: "{{ every.scheduledAt }}" } }
edges:
  - every -> answer
`;

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "content-type": "application/json", ...headers },
});

async function started(flow: string, input: unknown): Promise<string> {
  const response = await cluster.request(`/v1/flows/${flow}/runs`, json(input, { prefer: "respond-async" }));
  expect(response.status).toBe(202);
  return ((await response.json()) as RunResource).runId;
}

const runOf = async (runId: string): Promise<RunResource> =>
  (await cluster.request(`/v1/runs/${runId}`)).json() as Promise<RunResource>;

const outcome = (runId: string): Promise<RunResource> =>
  vi.waitFor(
    async () => {
      const run = await runOf(runId);
      expect(run.endedAt).toBeDefined();
      return run;
    },
    { timeout: 20_000, interval: 50 },
  );

const taskOf = (runId: string): Promise<OpenWait> =>
  vi.waitFor(
    async () => {
      const tasks = (await (await cluster.request("/v1/inbox")).json()) as OpenWait[];
      const task = tasks.find((candidate) => candidate.runId === runId);
      expect(task).toBeDefined();
      return task!;
    },
    { timeout: 20_000, interval: 50 },
  );

describe("a published flow that waits for a person", () => {
  it("shows in the inbox, refuses a wrong answer in words, and goes on with a right one", async () => {
    const runId = await started("refund", { order: "A-1" });
    const task = await taskOf(runId);
    expect(task).toMatchObject({ flow: "refund", node: "decide", wait: { kind: "task", title: "Refund A-1?" } });
    expect((await runOf(runId)).state).toBe("waiting");
    const answers = `/v1/runs/${runId}/answers`;
    const wrong = await cluster.request(answers, json({ path: task.path, value: { choice: "perhaps" } }));
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ code: "run.answer-invalid" });
    const value = { choice: "approve", values: {}, by: "Mia" };
    expect((await cluster.request(answers, json({ path: task.path, value }))).status).toBe(202);
    expect(await outcome(runId)).toMatchObject({ state: "succeeded", output: { text: "Refunded by Mia" } });
    expect((await cluster.request(answers, json({ path: task.path, value }))).status).toBe(409);
  });

  it("waits on over the death of every worker", async () => {
    const runId = await started("refund", { order: "A-2" });
    const task = await taskOf(runId);
    for (const name of ["worker-1", "worker-2"]) {
      const worker = cluster.process(name);
      signal(worker, "SIGKILL");
      await ended([worker], 5_000);
      await cluster.restarted(worker);
    }
    const value = { choice: "reject", values: {}, comment: "too late" };
    await cluster.request(`/v1/runs/${runId}/answers`, json({ path: task.path, value }));
    expect(await outcome(runId)).toMatchObject({ state: "succeeded", output: { text: "Not refunded: too late" } });
    const events = (await (await cluster.request(`/v1/runs/${runId}/events`)).json()) as DurableEvent[];
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  });

  it("ends when it is cancelled", async () => {
    const runId = await started("refund", { order: "A-3" });
    await taskOf(runId);
    await cluster.request(`/v1/runs/${runId}`, { method: "DELETE" });
    expect((await outcome(runId)).state).toBe("cancelled");
  });
});

describe("a published flow that waits for an event", () => {
  const send = async (key: string, amount: number, id: string): Promise<number> => {
    const sent = await cluster.request(
      "/v1/events",
      json({ event: "paid", key, payload: { amount } }, { "idempotency-key": id }),
    );
    return ((await sent.json()) as { delivered: number }).delivered;
  };

  it("is woken by the one with its key, whichever comes first", async () => {
    const late = await started("payment", { order: "B-1" });
    await vi.waitFor(async () => expect((await runOf(late)).state).toBe("waiting"), { timeout: 20_000 });
    await send("B-2", 5, "payment-2");
    expect(await send("B-1", 7, "payment-1")).toBe(1);
    expect(await outcome(late)).toMatchObject({ output: { text: "Paid 7" } });
    const early = await started("payment", { order: "B-2" });
    expect(await outcome(early)).toMatchObject({ output: { text: "Paid 5" } });
  });
});

describe("a published flow with flows within", () => {
  it("takes them along and runs them as they were", async () => {
    cluster.flows["greeting"] = GREETING;
    await cluster.publish("order");
    cluster.flows["greeting"] = GREETING.replace("Hello", "Goodbye");
    const run = await outcome(await started("order", { names: ["Ann", "Bo"] }));
    expect(run.output).toMatchObject({ text: "Hello Ann, Hello Bo" });
  });
});

describe("a published flow's triggers", () => {
  it("answer a webhook once for each delivery", async () => {
    const call = () =>
      fetch(new URL("/hooks/hook/orders/new", cluster.gateway()), json({ id: 9 }, { "idempotency-key": "delivery-9" }));
    const [first, again] = [await call(), await call()];
    expect(await first.json()).toMatchObject({ text: "Order 9" });
    expect(again.headers.get("heddle-run")).toBe(first.headers.get("heddle-run"));
    const wrong = await fetch(new URL("/hooks/hook/elsewhere", cluster.gateway()), json({}));
    expect([wrong.status, await wrong.json()]).toMatchObject([404, { code: "publish.hook-unknown" }]);
    const method = await fetch(new URL("/hooks/hook/orders/new", cluster.gateway()), { method: "DELETE" });
    expect([method.status, method.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("fire at their times, each time once, on every gateway together", async () => {
    await cluster.publish("clock");
    const runs = await vi.waitFor(
      async () => {
        const listed = (await (await cluster.request("/v1/runs?flow=clock")).json()) as RunResource[];
        expect(listed.length).toBeGreaterThan(2);
        return Promise.all(listed.map(({ runId }) => outcome(runId)));
      },
      { timeout: 20_000, interval: 200 },
    );
    const times = runs.map((run) => (run.output as { text: string }).text);
    expect(new Set(times).size).toBe(times.length);
  });
});

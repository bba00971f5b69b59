import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFlow } from "../../engine/flow/index.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { ServiceDriver } from "../../engine/store/testing/service-driver.ts";
import { NODES } from "../index.ts";
import { NO_SERVICES } from "../testing/no-services.ts";

let host: ServiceDriver;
beforeEach(() => {
  host = new ServiceDriver({ catalog: createCatalog(NODES), services: NO_SERVICES });
});
afterEach(() => host.dispose());

const flow = (nodes: string, edges: string) =>
  readFlow(`
heddle: 1
name: Test
nodes:
  start: { type: start, config: { fields: { order: { type: string, default: "1042" } } } }
${nodes}
edges: [${edges}]
`).flow;

const begin = (nodes: string, edges: string) => host.start(flow(nodes, edges), { input: {} });

describe("a run that waits, with the host started anew meanwhile", () => {
  test("for a person: the task is still there, a wrong answer is refused in words and lost to nobody", async () => {
    const runId = await begin(
      `  ask: { type: form, config: { title: "Order {{ start.order }}", fields: { amount: { type: number, label: Amount } }, deadline: 14d } }
  result: { type: end, config: { fields: { amount: "{{ ask.amount }}" } } }`,
      "start -> ask, ask -> result",
    );
    await host.untilEvent(runId, "run.waiting");
    await host.reopen();
    const [wait] = host.service.waits({ kind: "task" });
    expect(wait).toMatchObject({ runId, node: "ask", wait: { title: "Order 1042" }, until: expect.any(Number) });
    const answer = (values: object) =>
      host.service.answer({ runId, path: wait!.path, value: { choice: "send", values } as never });
    await expect(answer({ amount: "a lot" })).rejects.toThrow("“Amount” must be a number.");
    await expect(answer({})).rejects.toThrow("“Amount” is missing.");
    await answer({ amount: 12.5 });
    expect(await host.last(runId)).toMatchObject({ type: "run.completed", output: { amount: 12.5 } });
    expect(host.service.waits({ runId })).toEqual([]);
  });

  test("for an event: only the one with its key wakes it", async () => {
    const nodes = `  paid: { type: wait-for-event, config: { event: paid, key: "{{ start.order }}", timeout: 14d } }
  result: { type: end, config: { fields: { amount: "{{ paid.payload.amount }}" } } }`;
    const runId = await begin(nodes, "start -> paid, paid -> result");
    await host.untilEvent(runId, "run.waiting");
    await host.reopen();
    expect(await host.service.send({ event: "paid", key: "7", payload: {} })).toBe(0);
    expect(await host.service.send({ event: "paid", key: "1042", payload: { amount: 3 } })).toBe(1);
    expect(await host.last(runId)).toMatchObject({ type: "run.completed", output: { amount: 3 } });
  });

  test("for a time: it goes on when that has come, without a second look at the clock of its beginning", async () => {
    const runId = await begin(
      `  pause: { type: delay, config: { for: 300ms } }\n  done: { type: answer, config: { text: Done. } }`,
      "start -> pause, pause -> done",
    );
    await host.untilEvent(runId, "run.waiting");
    await host.reopen();
    const events = await host.read(runId);
    expect(events.at(-1)).toMatchObject({ type: "run.completed", output: { text: "Done." } });
    const at = (type: string) =>
      events.find((event) => event.type === type && "path" in event && event.path === "pause")!.at;
    expect(at("step.completed") - at("step.started")).toBeGreaterThanOrEqual(300);
  });

  test("in the rounds of an each: every order has a task of its own", async () => {
    const runId = await begin(
      `  orders:
    type: each
    config: { items: '["a", "b", "c"]', collect: "{{ item }} {{ ask.choice }}", concurrency: 3 }
    body:
      nodes:
        ask: { type: approval, config: { title: "Refund {{ item }}?" } }
  result: { type: end, config: { fields: { items: "{{ orders.items }}" } } }`,
      "start -> orders, orders -> result",
    );
    await host.untilEvent(runId, "run.waiting");
    for (const choice of ["approve", "reject", "approve"]) {
      await host.reopen();
      const wait = host.service.waits({ kind: "task" }).at(-1)!;
      await host.service.answer({ runId, path: wait.path, value: { choice, values: {} } });
    }
    const { output } = (await host.last(runId)) as { output?: { items: string[] } };
    expect(output?.items.map((item) => item.split(" ")[0])).toEqual(["a", "b", "c"]);
    expect(output?.items.map((item) => item.split(" ")[1]).toSorted()).toEqual(["approve", "approve", "reject"]);
  });
});

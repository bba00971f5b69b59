import { createHmac } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { expect, it } from "vitest";
import { endOf, projectOf } from "./testing/projects.ts";
import { freshHome, startHost, type StartedHost } from "./testing/started-host.ts";

const flow = (config: string, text = "Got {{ hook.body.id }} by {{ hook.method }}"): string => `heddle: 1
name: Orders
nodes:
  hook: { type: webhook, title: New order, config: ${config} }
  answer: { type: answer, config: { text: '${text}' } }
edges:
  - hook -> answer
`;

const BY_RUN = flow("{ path: orders/new, methods: [POST, PUT] }");
const BY_OUTPUT = flow("{ path: orders/new, respond: output }");

async function hostWith(text: string): Promise<StartedHost & { hook: string; folder: string }> {
  const folder = await projectOf({ "flows/orders.flow.yaml": text });
  const host = await startHost({ home: await freshHome(), project: folder });
  const [status] = await host.client.triggers.setActive({ flow: "orders", active: true });
  return { ...host, hook: status!.url!, folder };
}

const post = (url: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

it("start a run for each call once they are switched on, and give its id", async () => {
  const folder = await projectOf({ "flows/orders.flow.yaml": BY_RUN });
  const { client, url } = await startHost({ home: await freshHome(), project: folder });
  const [before] = await client.triggers.list({});
  expect(before).toMatchObject({ flow: "orders", node: "hook", kind: "webhook", title: "New order", active: false });
  expect(before!.url).toBe(`${new URL(url).origin}/hooks/orders/orders/new`);
  const refused = await post(before!.url!, "{}");
  expect([refused.status, await refused.json()]).toMatchObject([404, { error: { code: "trigger.inactive" } }]);

  await client.triggers.setActive({ flow: "orders", active: true });
  const answer = await fetch(before!.url!, {
    method: "PUT",
    body: "id=7&from=shop",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.status).toBe(202);
  const { runId } = (await answer.json()) as { runId: string };
  expect(await endOf(client, runId)).toMatchObject({ type: "run.completed", output: { text: "Got 7 by PUT" } });
  expect((await client.triggers.list({}))[0]).toMatchObject({ lastRunId: runId, active: true });
  expect((await client.runs.list({}))[0]).toMatchObject({ runId, trigger: "hook" });
  const wrong = await fetch(before!.url!, { method: "DELETE" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST, PUT"]);
  expect(await wrong.json()).toMatchObject({ error: { code: "trigger.method" } });
  expect((await fetch(`${before!.url!}/more`, { method: "POST" })).status).toBe(404);
});

it("wait for the result where they are asked to, and tell a failure", async () => {
  const { hook, client, folder } = await hostWith(BY_OUTPUT);
  const answer = await post(hook, '{"id":7}');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ text: "Got 7 by POST" });
  expect(answer.headers.get("x-heddle-run")).toBe((await client.runs.list({}))[0]!.runId);

  await writeFile(join(folder, "flows/orders.flow.yaml"), flow("{ path: orders/new, respond: output }", "{{ 1 / 0 }}"));
  for await (const [status] of await client.triggers.watch({})) if (status?.active) break;
  await expect.poll(async () => (await post(hook, "{}")).status, { timeout: 20_000, interval: 200 }).toBe(500);
});

it("run once for each delivery, however often it is sent", async () => {
  const { hook, client, end, folder } = await hostWith(BY_RUN);
  const sent = await Promise.all(
    Array.from({ length: 8 }, () => post(hook, '{"id":1}', { "idempotency-key": "delivery-1" })),
  );
  const ids = new Set(
    await Promise.all(sent.map(async (answer) => ((await answer.json()) as { runId: string }).runId)),
  );
  expect(ids.size).toBe(1);
  expect(await client.runs.list({})).toHaveLength(1);
  await end("SIGKILL");

  const again = await startHost({ home: await freshHome(), project: folder });
  const [status] = await again.client.triggers.list({});
  expect(status!.active).toBe(true);
  const late = await post(status!.url!, '{"id":1}', { "idempotency-key": "delivery-1" });
  expect(ids.has(((await late.json()) as { runId: string }).runId)).toBe(true);
  expect(await again.client.runs.list({})).toHaveLength(1);
});

it("are checked by a secret or a signature, which no run records", async () => {
  const { hook, client, folder } = await hostWith(
    flow('{ path: orders/new, auth: secret, secret: "{{ secrets.HOOK }}", respond: output }'),
  );
  expect((await post(hook, "{}", { "x-webhook-secret": "hush-hush" })).status).toBe(500);
  await client.secrets.set({ name: "HOOK", value: "hush-hush" });
  const missing = await post(hook, "{}");
  expect([missing.status, await missing.json()]).toMatchObject([401, { error: { code: "trigger.unauthorized" } }]);
  expect((await post(hook, "{}", { "x-webhook-secret": "wrong" })).status).toBe(401);
  expect((await post(hook, '{"id":7}', { "x-webhook-secret": "hush-hush" })).status).toBe(200);
  const [run] = await client.runs.list({});
  for await (const event of await client.runs.events({ runId: run!.runId }))
    expect(JSON.stringify(event)).not.toContain("hush");

  const signed = flow('{ path: orders/new, auth: hmac, secret: "{{ secrets.HOOK }}", respond: output }');
  const { revision: base } = await client.flows.read({ name: "orders" });
  await client.flows.write({ name: "orders", text: signed, base });
  const signature = createHmac("sha256", "hush-hush").update('{"id":8}').digest("hex");
  expect((await post(hook, '{"id":8}', { "x-signature-256": `sha256=${signature}` })).status).toBe(200);
  expect((await post(hook, '{"id":9}', { "x-signature-256": `sha256=${signature}` })).status).toBe(401);
  expect(folder).not.toBe("");
});

it("refuse what doesn't fit, is too large or comes from a web page", async () => {
  const body = "{ type: object, properties: { id: { type: integer } }, required: [id] }";
  const { hook, client } = await hostWith(flow(`{ path: orders/new, body: ${body} }`));
  expect(await (await post(hook, '{"id":"seven"}')).json()).toMatchObject({ error: { code: "input.bad-body" } });
  expect((await post(hook, "{not json")).status).toBe(400);
  expect((await post(hook, JSON.stringify({ id: 1, more: "x".repeat(6_000_000) }))).status).toBe(413);
  const fromPage = await new Promise<number>((resolve, reject) => {
    const headers = { "content-type": "text/plain", "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    request(hook, { method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end("{}");
  });
  expect(fromPage).toBe(403);
  expect(await client.runs.list({})).toEqual([]);
});

it("go on with the last version without errors while the file has some, and follow it again when it is mended", async () => {
  const { hook, client, folder } = await hostWith(BY_OUTPUT);
  const path = join(folder, "flows/orders.flow.yaml");
  const changes = await client.triggers.watch({});
  const until = async (fits: (code: string | undefined) => boolean): Promise<void> => {
    for (;;) {
      const next = await changes.next();
      if (next.done || fits(next.value[0]?.error?.code)) return;
    }
  };
  await writeFile(path, BY_OUTPUT.replace("type: answer", "type: no-such-type"));
  await until((code) => code === "trigger.flow-broken");
  expect(await (await post(hook, '{"id":7}')).json()).toEqual({ text: "Got 7 by POST" });
  await writeFile(path, BY_OUTPUT.replace("Got", "Has"));
  await until((code) => code === undefined);
  expect(await (await post(hook, '{"id":7}')).json()).toEqual({ text: "Has 7 by POST" });
  await changes.return();
});

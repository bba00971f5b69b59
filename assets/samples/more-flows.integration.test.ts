import { expect, it } from "vitest";
import { endOf, recordedUntil } from "../../electron/host/testing/projects.ts";
import { freshHome, startHost, type StartedHost } from "../../electron/host/testing/started-host.ts";
import type { JsonValue } from "../../engine/lib/json.ts";

/** The sample's flows that a person takes part in, that begin by themselves or remember: in a host, as a user has them. */
async function desk(flow: string): Promise<StartedHost & { start(input: JsonValue): Promise<string> }> {
  const host = await startHost({ home: await freshHome() });
  const { text } = await host.client.flows.read({ name: flow });
  return {
    ...host,
    start: async (input) => (await host.client.runs.start({ flow, text, input })).runId,
  };
}

const request = { order: "1057", email: "ada@example.com", reason: "The lid is broken." };

async function decide(host: StartedHost, runId: string, choice: string): Promise<void> {
  await recordedUntil(host.client, runId, ({ type }) => type === "run.waiting");
  const [task] = await host.client.inbox.list({});
  expect(task).toMatchObject({ runId, wait: { kind: "task", title: "Refund order 1057?" } });
  await host.client.runs.answer({ runId, path: task!.path, value: { choice, values: {} } });
}

it("refund-approval refunds what a person approves, and nothing else", async () => {
  const host = await desk("refund-approval");
  const approved = await host.start(request);
  await decide(host, approved, "approve");
  expect(await endOf(host.client, approved)).toMatchObject({
    output: { text: "Order 1057: 12.50 EUR are refunded. ada@example.com is told." },
  });
  const refused = await host.start(request);
  await decide(host, refused, "reject");
  expect(await endOf(host.client, refused)).toMatchObject({ output: { text: "Order 1057 is not refunded." } });
});

it("refund-approval takes the refund back when something fails after it", async () => {
  const host = await desk("refund-approval");
  const runId = await host.start({ ...request, email: "nowhere" });
  await decide(host, runId, "approve");
  const events = await recordedUntil(host.client, runId, ({ type }) => type === "run.completed");
  const completed = events.filter((event) => event.type === "step.completed").map(({ path }) => path);
  expect(completed.indexOf("take_back")).toBeGreaterThan(completed.indexOf("refund"));
  expect(completed).not.toContain("done");
  expect(events.at(-1)).toMatchObject({
    output: { text: expect.stringMatching(/^Nothing was refunded: .*“nowhere” is no e-mail address/) as string },
  });
});

const DIGEST = `- packed: 1063 (ben@example.com)
- shipped: 1042 (ada@example.com), 1088 (dora@example.com)
- delivered: 1057 (eric@example.com)

1 of 5 messages name an order that isn't there.`;

it("inbox-digest says how many are where, by hand and when another program calls", async () => {
  const { client, start } = await desk("inbox-digest");
  const end = await endOf(client, await start({}));
  const sorted = (text: string) => text.split("\n").toSorted().join("\n");
  expect(sorted((end as unknown as { output: { text: string } }).output.text)).toBe(sorted(DIGEST));

  const statuses = await client.triggers.setActive({ flow: "inbox-digest", active: true });
  const hook = statuses.find(({ kind }) => kind === "webhook")!.url!;
  const answer = await fetch(hook, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ from: "me", order: "1071" }] }),
  });
  expect(await answer.json()).toEqual({
    text: "- cancelled: 1071 (me)\n\n0 of 1 messages name an order that isn't there.",
  });
  expect(statuses.find(({ kind }) => kind === "schedule")!.next).toHaveLength(3);
});

it("follow-up remembers which order the conversation is about", async () => {
  const { client, start } = await desk("follow-up");
  const say = async (message: string, conversation = "c1"): Promise<JsonValue> => {
    const end = await endOf(client, await start({ message, conversation }));
    // The next message is to see this answer.
    const last = async () => (await client.conversations.read({ flow: "follow-up", id: conversation })).at(-1)!.role;
    await expect.poll(last).toBe("assistant");
    return end.type === "run.completed" ? (end.output as { text: string }).text : end.type;
  };
  expect(await say("When will it arrive?")).toBe("Which order do you mean? Please tell me its number.");
  expect(await say("Where is my order 1042?")).toBe("Order #1042 is shipped; delivery: 2026-11-24.");
  expect(await say("And when will it arrive?")).toBe("Order #1042 is shipped; delivery: 2026-11-24.");
  expect(await say("What about 1071?")).toBe("Order #1071 is cancelled; delivery: not planned.");
  expect(await say("And 9999?")).toBe("I can't find the order 9999.");
  expect(await say("When will it arrive?", "c2")).toMatch(/^Which order/);
});

import Database from "better-sqlite3";
import { join } from "node:path";
import { expect, it } from "vitest";
import { endOf, projectOf, recordedUntil } from "./testing/projects.ts";
import { freshHome, startHost } from "./testing/started-host.ts";

/** Says how many messages it remembers; a message that asks for a person waits for one. */
const CHAT = `heddle: 1
name: Echo
nodes:
  chat: { type: chat, config: {} }
  asks: { type: condition, config: { cases: [{ id: person, when: 'chat.message == "person"' }] } }
  approve: { type: approval, config: { title: Go on? } }
  bad: { type: condition, config: { cases: [{ id: fails, when: 'chat.message == "fail"' }] } }
  fail: { type: stop, config: { message: As you wish } }
  answer: { type: answer, config: { text: '{{ size(chat.history) }} {{ chat.message }}' } }
  late: { type: answer, config: { text: 'late {{ size(chat.history) }}' } }
edges:
  - chat -> asks
  - asks.person -> approve
  - approve.approve -> late
  - asks.else -> bad
  - bad.fails -> fail
  - bad.else -> answer
`;

const say = (message: string) => ({ flow: "echo", text: CHAT, input: { message, conversation: "c1" } });

it("remember what was said, and give it to the run as its input", async () => {
  const project = await projectOf({ "flows/echo.flow.yaml": CHAT });
  const { client } = await startHost({ home: await freshHome(), project });
  const first = await client.runs.start(say("Hello"));
  expect(await endOf(client, first.runId)).toMatchObject({ output: { text: "0 Hello" } });
  const second = await client.runs.start(say("fail"));
  expect(await endOf(client, second.runId)).toMatchObject({ type: "run.failed" });
  const third = await client.runs.start({ ...say("Again"), trigger: "chat" });
  const [started] = await recordedUntil(client, third.runId, ({ type }) => type === "run.completed");
  expect(started).toMatchObject({
    type: "run.started",
    input: {
      message: "Again",
      conversation: "c1",
      history: [
        { role: "user", text: "Hello" },
        { role: "assistant", text: "0 Hello" },
      ],
    },
  });
  const conversation = { flow: "echo", id: "c1" };
  await expect
    .poll(async () => (await client.conversations.read(conversation)).map(({ role, text }) => `${role}: ${text}`))
    .toEqual(["user: Hello", "assistant: 0 Hello", "user: fail", "user: Again", "assistant: 2 Again"]);
  expect(await client.conversations.list({ flow: "echo" })).toMatchObject([{ id: "c1", title: "Hello", turns: 3 }]);
  await client.conversations.remove(conversation);
  await expect(client.conversations.read(conversation)).rejects.toMatchObject({ code: "not-found" });
  const broken = { ...say("Hi"), text: CHAT.replace("type: answer", "type: no-such-type") };
  await expect(client.runs.start(broken)).rejects.toMatchObject({ code: "run.not-runnable" });
  expect(await client.conversations.list({ flow: "echo" })).toEqual([]);
  await expect(client.runs.start(say("  "))).rejects.toMatchObject({ code: "input.invalid" });
});

it("are answered once, also when the host is killed before the answer is kept", async () => {
  const home = await freshHome();
  const project = await projectOf({ "flows/echo.flow.yaml": CHAT });
  const first = await startHost({ home, project });
  const { runId } = await first.client.runs.start(say("person"));
  await recordedUntil(first.client, runId, ({ type }) => type === "run.waiting");
  await first.end("SIGKILL");

  const second = await startHost({ home, project });
  const [task] = await second.client.inbox.list({});
  expect(task).toMatchObject({ runId, node: "approve" });
  await second.client.runs.answer({ runId, path: task!.path, value: { choice: "approve", values: {} } });
  expect(await endOf(second.client, runId)).toMatchObject({ output: { text: "late 0" } });
  const conversation = { flow: "echo", id: "c1" };
  const lines = async (client = second.client) =>
    (await client.conversations.read(conversation)).map(({ role, text }) => `${role}: ${text}`);
  await expect.poll(() => lines()).toEqual(["user: person", "assistant: late 0"]);
  await second.end("SIGKILL");

  // As a host leaves it that is killed when the run has ended and its answer isn't kept yet.
  const left = new Database(join(project, ".heddle", "triggers.sqlite"));
  left.prepare("UPDATE turns SET answer = NULL, settled = 0").run();
  left.close();
  const third = await startHost({ home, project });
  await expect.poll(() => lines(third.client)).toEqual(["user: person", "assistant: late 0"]);
});

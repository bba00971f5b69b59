import { describe, expect, test } from "vitest";
import { NO_INFERENCE } from "../../engine/flow/node-types.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { analyze, runFlow } from "../testing/run-flow.ts";
import { runSample } from "../testing/run-sample.ts";
import { chat, checkBody, fileWatchConfig, scheduleConfig, webhook, webhookConfig, webhookHeader } from "./triggers.ts";

describe("a chat message", () => {
  const run = (config: object, input: JsonValue) =>
    runSample(chat, { config: config as JsonValue, input }, { services: NO_SERVICES });

  test("needs a message; an unreadable history is refused", async () => {
    expect((await run({}, { conversation: "c" })).error).toMatchObject({ code: "input.missing" });
    expect((await run({}, { message: "Hi", history: [{ role: "system", text: "x" }] })).error).toMatchObject({
      code: "input.bad-history",
    });
  });

  test("without memory has no history", async () => {
    const history = [{ role: "user", text: "Hi" }];
    expect((await run({ turns: 0 }, { message: "And?", history })).output).toMatchObject({ history: [] });
  });

  test("says what it brings in both languages", () => {
    const fields = analyze(`
heddle: 1
name: Test
nodes: { chat: { type: chat } }
`).nodes["chat"]!.output.properties!;
    for (const name of ["conversation", "history"]) {
      const { description, heddle } = fields[name] as {
        description: string;
        heddle: { help: { en: string; zh: string } };
      };
      expect(heddle.help.en).toBe(description);
      expect(heddle.help.zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test("is the flow’s input, of which only the message must be sent", () => {
    const { input, triggers } = analyze(`
heddle: 1
name: Test
nodes:
  chat: { type: chat, config: {} }
  answer: { type: answer, config: { text: "{{ chat.message }} {{ size(chat.history) }} {{ chat.conversation.trim() }}" } }
edges: [chat -> answer]
`);
    expect(triggers).toMatchObject([{ key: "chat", kind: "chat" }]);
    expect(input.required).toEqual(["message"]);
  });
});

describe("a webhook", () => {
  test("asks for a secret where callers are checked", () => {
    const check = (config: object) => webhookConfig.safeParse({ path: "a", ...config }).error?.issues[0]?.path;
    expect(check({ auth: "hmac" })).toEqual(["secret"]);
    expect(check({ auth: "secret", secret: "{{ secrets.HOOK }}" })).toBeUndefined();
    expect(check({ path: "../up" })).toEqual(["path"]);
    expect(check({ path: "/orders" })).toEqual(["path"]);
  });

  test("says in which header the secret or the signature stands", () => {
    const header = (config: object) => webhookHeader(webhookConfig.parse({ path: "a", secret: "x", ...config }));
    expect([
      header({ auth: "secret" }),
      header({ auth: "hmac" }),
      header({ auth: "hmac", header: "X-Hub-Signature-256" }),
    ]).toEqual(["x-webhook-secret", "x-signature-256", "x-hub-signature-256"]);
  });

  test("tells what is wrong with a body, before and in the run", () => {
    const form = { type: "object", properties: { id: { type: "integer" } }, required: ["id"] };
    expect(() => checkBody(form, { id: 7 })).not.toThrow();
    expect(() => checkBody(undefined, "anything")).not.toThrow();
    expect(() => checkBody(form, {})).toThrow(HeddleError);
    const config = webhook.config.parse({ path: "a", body: form });
    expect(webhook.output(config, NO_INFERENCE).properties?.["body"]).toMatchObject(form);
  });

  test("runs by hand with a body alone", async () => {
    const { outcome } = await runFlow(
      `
heddle: 1
name: Test
nodes:
  call: { type: webhook, config: { path: orders } }
  result: { type: end, config: { fields: { id: "{{ call.body.id }}", method: "{{ call.method }}" } } }
edges: [call -> result]
`,
      { input: { body: { id: 7 } } },
    );
    expect(outcome).toMatchObject({ output: { id: 7, method: "POST" } });
  });
});

test.each([
  ["0 9 * * 1-5", true],
  ["*/15 * * * *", true],
  ["0 0 9 1 * *", true],
  ["@daily", true],
  ["0 25 * * *", false],
  ["every day", false],
  ["0 0 30 2 *", false],
  ["", false],
])("“%s” is a schedule: %s", (cron, is) => expect(scheduleConfig.safeParse({ cron }).success).toBe(is));

test("a schedule’s time zone must exist", () => {
  const zone = (timeZone: string) => scheduleConfig.safeParse({ cron: "0 9 * * *", timeZone }).success;
  expect([zone("Europe/Berlin"), zone(""), zone("Berlin time")]).toEqual([true, true, false]);
});

test("only files of the project are watched", () => {
  const isFine = (glob: string) => fileWatchConfig.safeParse({ glob }).success;
  expect([isFine("inbox/**/*.pdf"), isFine("/etc/*"), isFine("../other/*"), isFine("a/../../b"), isFine("")]).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("a flow may begin in several ways; the one for runs by hand goes first", () => {
  const { triggers, problems } = analyze(`
heddle: 1
name: Test
nodes:
  nightly: { type: schedule, config: { cron: "0 2 * * *" } }
  start: { type: start, config: { fields: {} } }
  arrived: { type: file-watch, config: { glob: "inbox/*" } }
  done: { type: answer, config: { text: Done. } }
edges: [nightly -> done, start -> done, arrived -> done]
`);
  expect(problems).toEqual([]);
  expect(triggers.map(({ key, kind }) => [key, kind])).toEqual([
    ["start", "manual"],
    ["nightly", "schedule"],
    ["arrived", "files"],
  ]);
});

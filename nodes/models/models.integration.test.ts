import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../engine/lib/json.ts";
import { createModelHost, type ModelHost } from "../../engine/model/index.ts";
import type { AnyNode } from "../../engine/node/define.ts";
import { agent } from "../agents/agent.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { startScriptedModel, type ScriptedTurn } from "../testing/scripted-model.ts";
import { classifier } from "./classifier.ts";
import { extractor } from "./extractor.ts";
import { llm } from "./llm.ts";

let model: Awaited<ReturnType<typeof startScriptedModel>>;
let models: ModelHost;
beforeAll(async () => {
  model = await startScriptedModel();
  const definition = { kind: "openai-compatible", id: "scripted", url: model.url, model: "scripted" } as const;
  models = createModelHost({ definitions: [definition], secrets: NO_SERVICES.secrets });
});
afterAll(() => Promise.all([models.dispose(), model.close()]));

const SCOPE = {
  ticket: { text: "I paid twice for order 55482." },
  chat: {
    history: [
      { role: "user", text: "Hello" },
      { role: "assistant", text: "Hi, what is it about?" },
    ],
  },
};

function run(node: AnyNode, config: JsonObject, ...script: ScriptedTurn[]) {
  model.say(...script);
  const sample = { config: { model: "scripted", ...config }, scope: SCOPE };
  return runSample(node, sample, { services: { ...NO_SERVICES, models } });
}

const PRICE = {
  type: "object",
  properties: { price: { type: "number" } },
  required: ["price"],
  additionalProperties: false,
};

describe("asking a model", () => {
  test("streams its text and counts its tokens", async () => {
    const { output, events } = await run(llm, { prompt: "{{ ticket.text }}" }, { text: "One two three" });
    expect(output).toEqual({ text: "One two three" });
    expect(events.flatMap((event) => (event.type === "step.delta" ? [event.text] : []))).toEqual([
      "One ",
      "two ",
      "three",
    ]);
    expect(events.find((event) => event.type === "run.completed")).toMatchObject({
      usage: { inputTokens: 10, outputTokens: 5 },
    });
  });

  test("sends its settings, and no system message where there are no instructions", async () => {
    await run(llm, { prompt: "{{ ticket.text }}", temperature: 0.5, maxTokens: 77 }, { text: "" });
    const [request] = model.requests;
    expect(request).toMatchObject({
      temperature: 0.5,
      max_tokens: 77,
      messages: [{ role: "user", content: "I paid twice for order 55482." }],
    });
    await run(llm, { prompt: "{{ ticket.text }}", temperature: 0.5, maxTokens: 77 }, { text: "" });
    expect(model.requests[0]?.seed).toBe(request?.seed);
  });

  test.each([
    ["a model", llm, { system: "Be kind.", prompt: "{{ ticket.text }}" }, "Fine"],
    ["a classifier", classifier, { text: "{{ ticket.text }}", labels: { a: "", b: "" } }, '{"label":"a"}'],
    ["an extractor", extractor, { text: "{{ ticket.text }}", fields: { a: { type: "string" } } }, '{"a":null}'],
    ["an agent", agent, { instructions: "Be kind.", message: "{{ ticket.text }}" }, "Fine"],
  ])("puts the conversation before the message of %s", async (_what, node, config, text) => {
    const { error } = await run(node, { ...config, history: "chat.history" }, { text });
    expect(error).toBeUndefined();
    expect(model.requests[0]?.messages.map(({ role, content }) => [role, role === "system" ? "" : content])).toEqual([
      ["system", ""],
      ["user", "Hello"],
      ["assistant", "Hi, what is it about?"],
      ["user", SCOPE.ticket.text],
    ]);
  });

  test("for fields gives the fields, and streams none of their JSON", async () => {
    const { output, events } = await run(llm, { prompt: "How much?", output: PRICE }, { text: '{"price": 4.5}' });
    expect(output).toEqual({ price: 4.5 });
    expect(events.filter((event) => event.type === "step.delta")).toEqual([]);
    expect(model.requests[0]?.response_format?.type).toMatch(/^json/);
  });

  test.each([
    ["that isn’t what was promised", { text: '{"price": "a lot"}' }, "model.output-invalid"],
    ["that isn’t JSON", { text: "about four" }, "model.output-invalid"],
    ["that was cut off", { text: '{"price": 4', finish: "length" }, "model.output-cut"],
  ] as const)("an answer %s is an error", async (_what, turn, code) => {
    const { error, events } = await run(llm, { prompt: "How much?", output: PRICE }, turn);
    expect(error).toMatchObject({ code });
    if (code === "model.output-cut")
      expect(events.at(-1)).toMatchObject({ type: "run.failed", usage: { inputTokens: 10, outputTokens: 5 } });
  });

  test("a model that the project doesn’t have is named", async () => {
    const { error } = await run(llm, { model: "enormous", prompt: "Hi" });
    expect(error).toMatchObject({ code: "model.unknown" });
    expect(error?.message).toContain("enormous");
  });
});

describe("classifying", () => {
  const config = {
    text: "{{ ticket.text }}",
    labels: { billing: "money", other: "" },
    instructions: "Refunds are billing.",
  };

  test("tells the model every label with its meaning, and the instructions", async () => {
    const { output } = await run(classifier, config, { text: '{"label": "billing"}' });
    expect(output).toEqual({ label: "billing" });
    const system = model.requests[0]?.messages[0]?.content;
    expect(system).toContain("- billing: money\n- other\n");
    expect(system).toContain("Refunds are billing.");
  });

  test("never gives a label that isn’t one", async () => {
    expect((await run(classifier, config, { text: '{"label": "refund"}' })).error).toMatchObject({
      code: "model.output-invalid",
    });
  });

  test("needs two labels", () => {
    const { error } = classifier.config.safeParse({ text: "", labels: { only: "" } });
    expect(error?.issues[0]).toMatchObject({ path: ["labels"], message: expect.stringContaining("two labels") });
  });
});

describe("extracting", () => {
  const fields = {
    order: { type: "string", description: "the order number" },
    amount: { type: "number" },
    tags: { type: "list" },
  };

  test("gives every field its type, and null where the text says nothing", async () => {
    const { output } = await run(
      extractor,
      { text: "{{ ticket.text }}", fields },
      { text: '{"order":"55482","amount":null,"tags":["double"]}' },
    );
    expect(output).toEqual({ order: "55482", amount: null, tags: ["double"] });
    expect(model.requests[0]?.messages[0]?.content).toContain("- order: the order number");
  });

  test("is an error when a field is left out or of another type", async () => {
    const answers = ['{"order":"55482","amount":null}', '{"order":"55482","amount":"four","tags":null}'];
    for (const text of answers) {
      expect((await run(extractor, { text: "x", fields }, { text })).error).toMatchObject({
        code: "model.output-invalid",
      });
    }
  });
});

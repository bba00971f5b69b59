import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createModelHost, type ModelHost } from "./host.ts";
import { serveOpenAI, type OpenAIServer } from "./openai-server.ts";

/** What any client of the protocol sees, over plain HTTP. */
const KEY = "key-of-the-test";
let modelHost: ModelHost;
let server: OpenAIServer;

beforeAll(async () => {
  modelHost = createModelHost({ secrets: { get: async () => "" } });
  server = await serveOpenAI({ port: 0, modelHost, apiKey: KEY });
});
afterAll(async () => {
  await server.close();
  await modelHost.dispose();
});

const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
const messages = [{ role: "user", content: "Hello" }];
const post = (body: unknown, more: RequestInit = {}) =>
  fetch(`${server.url}/chat/completions`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...more,
  });

describe("the OpenAI-compatible server", () => {
  it("listens on loopback and lists its models", async () => {
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
    expect(await (await fetch(`${server.url}/models`, { headers })).json()).toMatchObject({
      object: "list",
      data: [{ id: "demo", object: "model" }],
    });
  });

  it.each([[{}], [{ authorization: "Bearer wrong" }]])("refuses a call without its key", async (wrong) => {
    const response = await fetch(`${server.url}/models`, { headers: wrong });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "invalid_api_key" } });
  });

  it("completes a chat", async () => {
    const response = await post({ model: "demo", messages });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      object: "chat.completion",
      model: "demo",
      choices: [
        { index: 0, message: { role: "assistant", content: expect.stringMatching(/\w/) }, finish_reason: "stop" },
      ],
      usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) },
    });
  });

  it("streams a chat as server-sent events, with the usage where it is asked for", async () => {
    const response = await post({ model: "demo", messages, stream: true, stream_options: { include_usage: true } });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const lines = (await response.text()).split("\n").filter((line) => line.startsWith("data: "));
    expect(lines.at(-1)).toBe("data: [DONE]");
    const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
    expect(chunks[0].choices[0].delta).toEqual({ role: "assistant" });
    expect(chunks.at(-2).choices[0].finish_reason).toBe("stop");
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  });

  it("understands a conversation with tools as it stands on the wire", async () => {
    const tools = [
      {
        type: "function",
        function: {
          name: "lookup_order",
          description: "Look up an order",
          parameters: { type: "object", properties: { order_id: { type: "string" } } },
        },
      },
    ];
    const question = { role: "user", content: [{ type: "text", text: "Where is order 4411?" }] };
    const first = await (await post({ model: "demo", messages: [question], tools, tool_choice: "auto" })).json();
    const [choice] = first.choices;
    expect(choice).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    const [call] = choice.message.tool_calls;
    const result = { role: "tool", tool_call_id: call.id, content: '{"status":"shipped"}' };
    const second = await (await post({ model: "demo", messages: [question, choice.message, result], tools })).json();
    expect(second.choices[0].message.content).toContain("shipped");
  });

  it.each([
    ["a body that is no JSON", "{ oops", 400, "model.bad-request"],
    ["a body without messages", { model: "demo" }, 400, "model.bad-request"],
    ["a model that isn't there", { model: "gone", messages }, 404, "model.unknown"],
    [
      "a prompt that is too long",
      { model: "demo", messages: [{ role: "user", content: "long ".repeat(5000) }] },
      413,
      "context_length_exceeded",
    ],
    [
      "the same as a stream",
      { model: "demo", messages: [{ role: "user", content: "long ".repeat(5000) }], stream: true },
      413,
      "context_length_exceeded",
    ],
  ])("tells %s as a clear JSON error", async (_, body, status, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error).toMatchObject({ code });
    expect(error.message.length).toBeGreaterThan(20);
  });

  it("stops computing when its callers leave", { timeout: 10_000 }, async () => {
    const leaving = new AbortController();
    const endless = { model: "demo", messages, stream: true, temperature: 30, top_p: 1, max_tokens: 1900 };
    // All of the model's sequences are taken: without the stop the last call would wait for thousands of tokens.
    const responses = await Promise.all(Array.from({ length: 4 }, () => post(endless, { signal: leaving.signal })));
    const readers = responses.map((response) => response.body!.getReader());
    await Promise.all(readers.map((reader) => reader.read()));
    leaving.abort();
    await expect(readers[0]!.read()).rejects.toThrow("abort");
    expect((await post({ model: "demo", messages })).status).toBe(200);
  });
});

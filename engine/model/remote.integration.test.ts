import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createModelHost, type ModelHost } from "./host.ts";

/** Errors as servers of this protocol word them, answered by a real HTTP server. */
let answer: { status: number; body: string; type?: string };
let server: Server;
let url: string;
let sentKey: string | undefined;
let models: ModelHost;

beforeAll(async () => {
  server = createServer((request, response) => {
    sentKey = request.headers.authorization;
    response.writeHead(answer.status, { "content-type": answer.type ?? "application/json" }).end(answer.body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  await models.dispose();
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  models = createModelHost({
    definitions: [{ kind: "openai-compatible", id: "far", url: `${url}/`, model: "big-model", secret: "FAR_KEY" }],
    secrets: { get: async (name) => `value of ${name}` },
  });
});

const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hello" }] }];
const call = () => models.language("far").doGenerate({ prompt });
const refusal = (status: number, error: object) => ({ status, body: JSON.stringify({ error }) });

describe("an OpenAI-compatible URL that fails", () => {
  it.each([
    ["a wrong key", refusal(401, { message: "Incorrect API key provided" }), "model.unauthorized", false],
    [
      "an unknown model",
      refusal(404, { message: "The model `big-model` does not exist", code: "model_not_found" }),
      "model.remote-unknown",
      false,
    ],
    ["too many requests", refusal(429, { message: "Rate limit reached" }), "model.rate-limited", true],
    [
      "a broken server",
      { status: 502, body: "<html>Bad gateway</html>", type: "text/html" },
      "model.remote-failed",
      true,
    ],
    [
      "a request that it can't take",
      refusal(400, { message: "temperature must be a number" }),
      "model.remote-failed",
      false,
    ],
  ])("tells %s", async (_, response, code, retryable) => {
    answer = response;
    await expect(call()).rejects.toMatchObject({ code, retryable });
  });

  it("tells both numbers of an overflow, as OpenAI and as llama-server word it", async () => {
    answer = refusal(400, {
      message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
      code: "context_length_exceeded",
    });
    await expect(call()).rejects.toMatchObject({
      code: "model.context-overflow",
      params: { tokens: 9001, limit: 8192 },
    });
    answer = refusal(400, {
      message: "the request exceeds the available context size (4096 tokens), got 5000",
      code: 400,
    });
    await expect(call()).rejects.toMatchObject({
      code: "model.context-overflow",
      params: { tokens: 5000, limit: 4096 },
    });
  });

  it("tells an error in the middle of a stream", async () => {
    const chunk = {
      id: "1",
      object: "chat.completion.chunk",
      created: 1,
      model: "m",
      choices: [{ index: 0, delta: { content: "Hel" } }],
    };
    const body = [chunk, { error: { message: "the GPU fell off" } }]
      .map((data) => `data: ${JSON.stringify(data)}\n\n`)
      .join("");
    answer = { status: 200, body, type: "text/event-stream" };
    const { stream } = await models.language("far").doStream({ prompt });
    const texts: string[] = [];
    const reading = (async () => {
      for await (const part of stream) if (part.type === "text-delta") texts.push(part.delta);
    })();
    await expect(reading).rejects.toMatchObject({
      code: "model.remote-failed",
      message: expect.stringContaining("the GPU fell off"),
    });
    expect(texts).toEqual(["Hel"]);
  });

  it("sends the secret by its name's value, and asks for the models on load", async () => {
    answer = { status: 200, body: JSON.stringify({ data: [{ id: "big-model" }] }) };
    expect(await models.load("far")).toMatchObject({ state: "ready", url });
    expect(sentKey).toBe("Bearer value of FAR_KEY");
    answer = { status: 200, body: JSON.stringify({ data: [{ id: "another" }] }) };
    await expect(models.load("far")).rejects.toMatchObject({ code: "model.remote-unknown" });
    answer = { status: 200, body: "hello" };
    await expect(models.load("far")).rejects.toMatchObject({ code: "model.remote-failed" });
  });
});

import { afterAll, beforeAll } from "vitest";
import { createModelHost, type ModelHost } from "./host.ts";
import { describeLanguageModel } from "./language-model-contract.ts";
import { serveOpenAI, type OpenAIServer } from "./openai-server.ts";

const KEY = "a key of the test";
const secrets = { get: async () => KEY };
let models: ModelHost;
let server: OpenAIServer;
let clients: ModelHost;

beforeAll(async () => {
  models = createModelHost({ secrets });
  server = await serveOpenAI({ port: 0, modelHost: models, apiKey: KEY });
  const far = { kind: "openai-compatible" as const, url: server.url, secret: "KEY" };
  clients = createModelHost({
    definitions: [
      { ...far, id: "far", model: "demo" },
      { ...far, id: "nowhere", model: "no-such-model" },
    ],
    secrets,
  });
});
afterAll(async () => {
  await clients.dispose();
  await server.close();
  await models.dispose();
});

describeLanguageModel("a llama.cpp process", {
  model: () => models.language("default"),
  unknown: () => models.language("no-such-model").doGenerate({ prompt: [] }),
});

describeLanguageModel("an OpenAI-compatible URL (Heddle's own server)", {
  model: () => clients.language("far"),
  unknown: () =>
    clients.language("nowhere").doGenerate({ prompt: [{ role: "user", content: [{ type: "text", text: "Hello" }] }] }),
});

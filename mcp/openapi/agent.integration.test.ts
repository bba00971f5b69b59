import { afterAll, beforeAll, expect, test } from "vitest";
import { createModelHost, type ModelHost } from "../../engine/model/index.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import { agent } from "../../nodes/agents/agent.ts";
import { NO_SERVICES } from "../../nodes/testing/no-services.ts";
import { startWeb } from "../../nodes/testing/real-services.ts";
import { runSample } from "../../nodes/testing/run-sample.ts";
import { sampleProject } from "../../nodes/testing/sample-project.ts";
import { startScriptedModel } from "../../nodes/testing/scripted-model.ts";
import { withOpenApi } from "./index.ts";

let web: Awaited<ReturnType<typeof startWeb>>;
let project: Awaited<ReturnType<typeof sampleProject>>;
let model: Awaited<ReturnType<typeof startScriptedModel>>;
let models: ModelHost;
let services: NodeServices;

beforeAll(async () => {
  [web, project, model] = await Promise.all([startWeb(), sampleProject(), startScriptedModel()]);
  const secrets = { get: async (name: string) => `value-of-${name}` };
  models = createModelHost({
    definitions: [{ kind: "openai-compatible", id: "scripted", url: model.url, model: "scripted" }],
    secrets,
  });
  const tools = withOpenApi(NO_SERVICES.tools, { files: project.files, secrets, fetch });
  services = { ...NO_SERVICES, models, tools, secrets };
});
afterAll(async () => {
  await Promise.all([models.dispose(), model.close(), web.close()]);
  await project.remove();
});

test("an agent calls the operations of the API that is bound to it, and reads what the API refuses", async () => {
  const call = (id: unknown) => ({ calls: [{ name: "getOrder", arguments: JSON.stringify({ id }) }] });
  model.say(call("seven"), call(7), { text: "It is on its way." });
  const config = { model: "scripted", instructions: "", message: "Help", limits: { turns: 4, tokens: 1000 } };
  const api = {
    document: "apis/shop.yaml",
    baseUrl: `${web.url}/v1`,
    secretHeaders: { Authorization: "Bearer {{ secrets.SHOP }}" },
    tools: ["getOrder"],
  };
  const run = await runSample(
    agent,
    { config, bound: { tools: [{ type: "openapi-server", config: api }] } },
    { services },
  );
  expect(run.error).toBeUndefined();
  expect(run.output).toMatchObject({
    text: "It is on its way.",
    toolCalls: [
      { tool: "getOrder", error: expect.stringContaining("don’t fit") },
      { result: { path: "/v1/orders/7" } },
    ],
  });
  expect(model.requests[0]?.tools?.map((tool) => tool.function.name)).toEqual(["getOrder"]);
  expect(web.requests.map(({ path }) => path)).toEqual(["/v1/orders/7"]);
  expect(web.requests[0]?.headers).toMatchObject({
    authorization: "Bearer value-of-SHOP",
    "idempotency-key": expect.stringContaining("sample/subject/"),
  });
  expect(JSON.stringify([run.events, model.requests])).not.toContain("value-of-SHOP");
});

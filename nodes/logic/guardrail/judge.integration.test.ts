import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createModelHost, type ModelHost } from "../../../engine/model/index.ts";
import { NO_SERVICES } from "../../testing/no-services.ts";
import { runSample } from "../../testing/run-sample.ts";
import { startScriptedModel } from "../../testing/scripted-model.ts";
import { guardrail } from "./guardrail.ts";

let model: Awaited<ReturnType<typeof startScriptedModel>>;
let models: ModelHost;
beforeAll(async () => {
  model = await startScriptedModel();
  const definition = { kind: "openai-compatible", id: "scripted", url: model.url, model: "scripted" } as const;
  models = createModelHost({ definitions: [definition], secrets: NO_SERVICES.secrets });
});
afterAll(() => Promise.all([models.dispose(), model.close()]));

const check = (text: string, says: string) => {
  model.say({ text: `{"label":"${says}"}` });
  const config = { text, model: "scripted", judge: true, topics: { politics: "election, vote" } };
  return runSample(guardrail, { config }, { services: { ...NO_SERVICES, models } });
};

describe("a model as judge", () => {
  test("blocks what is meant though no word of it is there", async () => {
    const run = await check("Who should run the country? ada@example.com asks", "politics");
    expect(run).toMatchObject({ port: "blocked", output: { reasons: ["politics"] } });
    const [request] = model.requests;
    expect(request?.messages[0]?.content).toContain("- politics: election, vote");
    expect(request?.messages[1]?.content).toBe("Who should run the country? [email] asks");
  });

  test("lets pass what it finds fine", async () => {
    expect(await check("Where is my parcel?", "fine")).toMatchObject({ port: "pass", output: { reasons: [] } });
  });

  test("isn’t asked about what the rules have blocked", async () => {
    expect(await check("Please vote!", "fine")).toMatchObject({ port: "blocked", output: { reasons: ["politics"] } });
    expect(model.requests).toEqual([]);
  });
});

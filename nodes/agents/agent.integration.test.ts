import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../engine/lib/json.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import { createModelHost, type ModelHost } from "../../engine/model/index.ts";
import { createToolHost, type ToolHost } from "../../mcp/client/index.ts";
import { odd } from "../../mcp/client/testing/servers.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runSample, type Surroundings } from "../testing/run-sample.ts";
import { startScriptedModel, type ScriptedTurn } from "../testing/scripted-model.ts";
import { agent } from "./agent.ts";

const SHOP_SERVER = fileURLToPath(new URL("../../assets/samples/shop-server/main.ts", import.meta.url));

let model: Awaited<ReturnType<typeof startScriptedModel>>;
let models: ModelHost;
let tools: ToolHost;
let services: NodeServices;
beforeAll(async () => {
  model = await startScriptedModel();
  models = createModelHost({
    definitions: [{ kind: "openai-compatible", id: "scripted", url: model.url, model: "scripted" }],
    secrets: NO_SERVICES.secrets,
  });
  const shop = { command: "${HEDDLE_NODE}", args: [SHOP_SERVER] };
  tools = createToolHost({ servers: { shop, twin: shop, odd }, callTimeout: 5000 });
  services = { ...NO_SERVICES, models, tools };
});
afterAll(() => Promise.all([models.dispose(), tools.dispose(), model.close()]));

function run(
  script: ScriptedTurn[],
  servers: JsonObject[] = [{ server: "shop" }],
  watch: Omit<Surroundings, "services"> = {},
) {
  model.say(...script);
  const config = { model: "scripted", instructions: "Be kind.", message: "Help", limits: { turns: 4, tokens: 1000 } };
  const bound = { tools: servers.map((server) => ({ type: "mcp-server", config: server })) };
  return runSample(agent, { config, bound }, { services, ...watch });
}

const call = (name: string, args: object | string) => ({
  name,
  arguments: typeof args === "string" ? args : JSON.stringify(args),
});
/** What the model was told after its calls: the contents of the tool messages. */
const told = (request: number) =>
  model.requests[request]?.messages.filter(({ role }) => role === "tool").map(({ content }) => content) ?? [];

describe("an agent with real tools", () => {
  test("calls several at once, tells the model each result, and streams its answer", async () => {
    const { output, events } = await run([
      { calls: [call("lookup_order", { order_id: "1042" }), call("check_stock", { product: "head torch" })] },
      { text: "It is shipped and there are 52." },
    ]);
    expect(output).toMatchObject({
      text: "It is shipped and there are 52.",
      turns: 2,
      toolCalls: [
        { server: "shop", tool: "lookup_order", arguments: { order_id: "1042" }, result: { status: "shipped" } },
        { server: "shop", tool: "check_stock", result: { stock: 52 } },
      ],
    });
    expect(told(1)).toEqual([expect.stringContaining("shipped"), expect.stringContaining("52")]);
    const streamed = events.filter((event) => event.type === "step.delta").map((event) => event.text);
    expect(streamed.join("")).toBe("It is shipped and there are 52.");
    expect(streamed.length).toBeGreaterThan(3);
  });

  test("counts what it spent before it failed, and begins with a tool where it has to", async () => {
    model.say({ calls: [call("lookup_order", { order_id: "1042" })] });
    const config = {
      model: "scripted",
      instructions: "",
      message: "Help",
      limits: { turns: 1, tokens: 1000 },
      toolChoice: "required",
    };
    const bound = { tools: [{ type: "mcp-server", config: { server: "shop" } }] };
    const { error, events } = await runSample(agent, { config, bound }, { services });
    expect(error).toMatchObject({ code: "agent.turn-limit" });
    expect(model.requests[0]?.tool_choice).toBe("required");
    expect(events.at(-1)).toMatchObject({ type: "run.failed", usage: { inputTokens: 10, outputTokens: 5 } });
  });

  test("records every call of model and tool as a step, with its tokens", async () => {
    const { events } = await run([{ calls: [call("lookup_order", { order_id: "1042" })] }, { text: "Shipped." }]);
    const steps = events.filter((event) => event.type === "step.completed" && event.path.startsWith("subject"));
    expect(steps.map((event) => "path" in event && event.path)).toEqual([
      "subject/tools",
      "subject/model 1",
      "subject/lookup_order 1",
      "subject/model 2",
      "subject",
    ]);
    expect(steps.at(-1)).toMatchObject({ usage: { inputTokens: 20, outputTokens: 10 } });
    expect(events.find((event) => event.type === "tool.called")).toMatchObject({
      server: "shop",
      tool: "lookup_order",
      arguments: { order_id: "1042" },
    });
    expect(events.find((event) => event.type === "tool.returned")).toMatchObject({ path: "subject/lookup_order 1" });
  });

  test("lets the model read what went wrong and go on", async () => {
    const { output } = await run([
      {
        calls: [
          call("lookup_order", { order_id: "9" }),
          call("fly_to_moon", {}),
          call("check_stock", "{product"),
          call("check_stock", "[1]"),
        ],
      },
      { text: "Sorry." },
    ]);
    expect(told(1)).toEqual([
      expect.stringContaining("there is no order 9"),
      expect.stringContaining("There is no tool named “fly_to_moon”. The tools are: search_handbook, lookup_order"),
      expect.stringContaining("not readable JSON"),
      expect.stringContaining("not a JSON object"),
    ]);
    expect(output).toMatchObject({
      text: "Sorry.",
      toolCalls: [{ error: "there is no order 9", result: null }, { tool: "fly_to_moon" }, {}, {}],
    });
  });

  test("goes on when a server dies in a call, and finds it alive again", async () => {
    const { output } = await run(
      [{ calls: [call("crash", {})] }, { calls: [call("whoami", {})] }, { text: "Back." }],
      [{ server: "odd" }],
    );
    expect(output).toMatchObject({
      text: "Back.",
      toolCalls: [{ error: expect.stringContaining("out of paper") }, { tool: "whoami" }],
    });
    expect(told(2)[1]).toContain("pid");
  });

  test("tells tools of one name apart by their server, and offers only the ticked ones", async () => {
    const servers = [
      { server: "shop", tools: ["lookup_order"] },
      { server: "twin", tools: ["lookup_order", "check_stock"] },
    ];
    const { output } = await run(
      [{ calls: [call("twin_lookup_order", { order_id: "1042" })] }, { text: "Done." }],
      servers,
    );
    expect(model.requests[0]?.tools?.map((tool) => tool.function.name)).toEqual([
      "lookup_order",
      "twin_lookup_order",
      "check_stock",
    ]);
    expect(output).toMatchObject({ toolCalls: [{ server: "twin", tool: "lookup_order" }] });
  });

  test("fails when a ticked tool is gone, before it asks the model", async () => {
    const { error } = await run([{ text: "Never." }], [{ server: "shop", tools: ["no_such_tool"] }]);
    expect(error).toMatchObject({ code: "tool.unknown", params: { tool: "no_such_tool" } });
    expect(model.requests).toEqual([]);
  });

  test("that is cancelled tells its tool", async () => {
    const cancelledBefore = await cancelledCalls();
    const abort = new AbortController();
    const { output, error } = await run([{ calls: [call("wait", {}), call("whoami", {})] }], [{ server: "odd" }], {
      signal: abort.signal,
      // The server takes calls in order: once the second has returned, the first has begun.
      onEvent: (event) => event.type === "tool.returned" && abort.abort(),
    });
    expect({ output, error }).toEqual({});
    expect(await cancelledCalls()).toBe(cancelledBefore + 1);
  });
});

/** How many calls the odd server was told to forget. */
async function cancelledCalls(): Promise<number> {
  const signal = AbortSignal.timeout(5000);
  const { content } = await tools.call({ server: "odd", tool: "whoami", arguments: {}, signal, idempotencyKey: "" });
  return JSON.parse(content).cancelled;
}

import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../engine/lib/json.ts";
import { createToolHost, type ToolHost } from "../../mcp/client/index.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { mcpTool } from "./mcp-tool.ts";

let tools: ToolHost;
beforeAll(() => {
  const script = fileURLToPath(new URL("../testing/odd-mcp-server.ts", import.meta.url));
  tools = createToolHost({ servers: { odd: { command: "${HEDDLE_NODE}", args: [script] } } });
});
afterAll(() => tools.dispose());

const call = (args: JsonObject | string) =>
  runSample(
    mcpTool,
    { config: { server: "odd", tool: "count", arguments: args } },
    { services: { ...NO_SERVICES, tools } },
  );

test("a result of the promised form is handed on, and the tool gets the step’s key", async () => {
  expect((await call({ n: 3 })).output).toEqual({ value: { n: 3 }, content: "sample/subject" });
});

test("another form than promised fails the step and says what differs", async () => {
  const { error } = await call({ n: "three" });
  expect(error).toMatchObject({ code: "tool.bad-result", retryable: false, params: { server: "odd", tool: "count" } });
  expect(error!.message).toContain("n:");
});

test("arguments must have names", async () => {
  expect((await call("just text")).error).toMatchObject({ code: "tool.bad-arguments" });
});

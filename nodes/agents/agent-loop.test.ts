import { describe, expect, test } from "vitest";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import type { NodeResult, Operation } from "../../engine/node/operation.ts";
import { agentConfig } from "./agent-config.ts";
import { agentLoop } from "./agent-loop.ts";

const SHOP = { key: "shop", type: "mcp-server", config: { server: "shop" } };
const TOOLS = ["lookup_order", "model"].map((tool) => ({
  name: tool,
  server: "shop",
  tool,
  description: "",
  inputSchema: {},
}));

const says = (text: string, tokens = 10) => ({ text, calls: [], tokens });
const calls = (names: string[], tokens = 10) => ({
  text: "",
  tokens,
  calls: names.map((name, index) => ({ id: `${name}-${index}`, name, arguments: { order: index } })),
});
const outcome = (tool: string, result: JsonValue) => ({
  server: "shop",
  tool,
  arguments: {},
  result,
  content: JSON.stringify(result),
});

/** Plays a driver: answers the operations that the agent yields, in order, with what was recorded. */
function replay(config: JsonObject, recorded: JsonValue[], bound = [SHOP]) {
  const process = agentLoop({
    config: agentConfig.parse({ instructions: "", message: "Hi", ...config }),
    bound: { tools: bound },
    input: null,
  });
  const seen: string[] = [];
  const note = (operation: Operation) => {
    if (operation.kind === "all") operation.operations.forEach(note);
    else if (operation.kind === "step")
      seen.push(operation.label ? `${operation.name} (${operation.label.kind})` : operation.name);
  };
  let next: IteratorResult<Operation, NodeResult> = process.next();
  for (const value of recorded) {
    if (next.done) break;
    note(next.value);
    next = process.next(value);
  }
  if (!next.done) note(next.value);
  return { seen, ...(next.done && { result: next.value }) };
}

describe("an agent", () => {
  test("without tools asks once", () => {
    const { seen, result } = replay({}, [says("Hello")], []);
    expect(seen).toEqual(["model 1 (model)"]);
    expect(result?.output).toEqual({ text: "Hello", toolCalls: [], turns: 1, limited: false });
  });

  test("lists, asks, calls, asks again: each a step with a name of its own", () => {
    const { seen, result } = replay({}, [
      TOOLS,
      calls(["lookup_order", "lookup_order"]),
      [outcome("lookup_order", "shipped"), outcome("lookup_order", "packed")],
      calls(["model"]),
      [outcome("model", 1)],
      says("Both are fine"),
    ]);
    expect(seen).toEqual([
      "tools",
      "model 1 (model)",
      "lookup_order 1 (tool)",
      "lookup_order 2 (tool)",
      "model 2 (model)",
      "model 3 (tool)",
      "model 4 (model)",
    ]);
    expect(result?.output).toMatchObject({
      text: "Both are fine",
      turns: 3,
      toolCalls: [{ result: "shipped" }, { result: "packed" }, { tool: "model" }],
    });
  });

  test("takes the same way each time it is replayed", () => {
    const recorded = [TOOLS, calls(["lookup_order"]), [outcome("lookup_order", "shipped")], says("Done")];
    expect(replay({}, recorded)).toEqual(replay({}, recorded));
  });

  test("stops after its last turn and says what to do", () => {
    const recorded = [
      TOOLS,
      calls(["lookup_order"]),
      [outcome("lookup_order", 1)],
      calls(["lookup_order"]),
      [outcome("lookup_order", 1)],
    ];
    const run = () => replay({ limits: { turns: 2 } }, recorded);
    expect(run).toThrow(HeddleError);
    expect(run).toThrow(expect.objectContaining({ code: "agent.turn-limit", params: { turns: 2 } }));
  });

  test("stops before it spends more tokens than it may, and keeps an answer that it has", () => {
    const config = { limits: { turns: 9, tokens: 100 } };
    expect(() => replay(config, [TOOLS, calls(["lookup_order"], 101)])).toThrow(
      expect.objectContaining({ code: "agent.token-limit", params: { used: 101, tokens: 100 } }),
    );
    expect(replay(config, [TOOLS, says("Here", 500)]).result?.output).toMatchObject({ text: "Here" });
  });

  test("makes no more tool calls than it may", () => {
    const config = { limits: { turns: 9, tokens: 9000, toolCalls: 1 } };
    expect(() => replay(config, [TOOLS, calls(["lookup_order", "lookup_order"])])).toThrow(
      expect.objectContaining({ code: "agent.call-limit", params: { calls: 2, limit: 1 } }),
    );
  });

  test("answers from what it has at a limit, where that is wanted", () => {
    const recorded = [
      TOOLS,
      calls(["lookup_order"]),
      [outcome("lookup_order", "shipped")],
      calls(["model"]),
      says("It is on its way"),
    ];
    const { seen, result } = replay({ limits: { turns: 2 }, atLimit: "answer" }, recorded);
    expect(seen).toEqual(["tools", "model 1 (model)", "lookup_order 1 (tool)", "model 2 (model)", "model 3 (model)"]);
    expect(result?.output).toMatchObject({
      text: "It is on its way",
      toolCalls: [{ result: "shipped" }],
      turns: 3,
      limited: true,
    });
  });

  test("that may use no tools doesn’t even list them", () => {
    expect(replay({ toolChoice: "none" }, [says("Hello")]).seen).toEqual(["model 1 (model)"]);
  });

  test("hands a call of a tool that doesn’t exist back to the model, without calling anything", () => {
    const { seen } = replay({}, [TOOLS, calls(["fly_to_moon"])]);
    expect(seen.at(-1)).toBe("fly_to_moon 1");
  });
});

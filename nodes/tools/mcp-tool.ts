import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate } from "../../engine/node/fields.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { mismatch } from "../schema-check.ts";

const config = z.object({
  server: field(z.string(), {
    label: { en: "Server", zh: "服务器" },
    help: { en: "One of the project’s MCP servers (Tools panel).", zh: "项目中的一个 MCP 服务器（见“工具”面板）。" },
    widget: "server",
  }),
  tool: field(z.string(), { label: { en: "Tool", zh: "工具" }, widget: "tool" }),
  arguments: jsonTemplate({
    label: { en: "Arguments", zh: "参数" },
    help: {
      en: "A value that is only {{ a reference }} keeps its type.",
      zh: "整个值就是一个 {{ 引用 }} 时保留其类型。",
    },
  }).default({}),
});

/** Calls one tool of an MCP server, without a model deciding. */
export const mcpTool = defineNode({
  role: "step",
  type: "mcp-tool",
  version: 1,
  family: "tools",
  icon: "wrench",
  title: { en: "Call a tool", zh: "调用工具" },
  description: {
    en: "Calls one tool of an MCP server with given arguments.",
    zh: "用给定参数调用 MCP 服务器的一个工具。",
  },
  docs: {
    en: `Calls a tool directly: no model decides. Use it where the flow knows what has to be done; use an **Agent** where it doesn’t.

The output is \`{ content, value }\`: \`content\` is what the tool said as text, \`value\` its structured result
(\`{{ search.value.passages[0].text }}\`), or the text again where it gave none.

A tool that reports an error, or that answers in another form than it promises, fails the step; connect the *error* way out to handle it.`,
    zh: `直接调用工具，不经过模型判断。流程清楚该做什么时用它；需要判断时用**智能体**。

输出为 \`{ content, value }\`：\`content\` 是工具返回的文本，\`value\` 是结构化结果（\`{{ search.value.passages[0].text }}\`），没有结构化结果时与文本相同。

工具报错，或返回的格式与其承诺不符，会使该步骤失败；可连接 *error* 出口来处理。`,
  },
  config,
  initial: { server: "", tool: "", arguments: {} },
  effects: true,
  output: () => ({
    type: "object",
    properties: {
      content: { type: "string", description: "What the tool said, as text." },
      value: { description: "Its structured result, or the text." },
    },
    required: ["content", "value"],
    additionalProperties: false,
  }),
  summary({ server, tool }) {
    if (server === "" || tool === "") return { en: "Choose a tool", zh: "请选择工具" };
    return { en: `Calls **${tool}** of **${server}**`, zh: `调用 **${server}** 的 **${tool}**` };
  },
  async run({ config }, ctx) {
    const result = await ctx.tools.call({
      server: config.server,
      tool: config.tool,
      arguments: argumentsOf(config.arguments),
      signal: ctx.signal,
      idempotencyKey: ctx.idempotencyKey,
    });
    await checkResult(config, result.value, ctx);
    return { output: { content: result.content, value: result.value } };
  },
  samples: [
    {
      name: "adds two numbers on the official test server",
      config: { server: "everything", tool: "get-sum", arguments: { a: "{{ order.items }}", b: 3 } },
      scope: { order: { items: 4 } },
    },
  ],
});

/** A tool that promises a form for its result is held to it: later steps rely on that. */
async function checkResult(
  { server, tool }: z.infer<typeof config>,
  value: JsonValue,
  ctx: StepContext,
): Promise<void> {
  const [listed] = await ctx.tools.list(server, [tool], ctx.signal);
  const detail = listed?.outputSchema && mismatch(listed.outputSchema, value);
  if (detail) throw new HeddleError("tool.bad-result", { server, tool, detail });
}

function argumentsOf(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  throw new HeddleError("tool.bad-arguments", { detail: JSON.stringify(value) });
}

import { z } from "zod";
import { NODE_KEY_PATTERN } from "../../engine/lib/ids.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { nameList } from "../wording.ts";
import { formFieldSchema, formSchema } from "./form-field.ts";
import { readForm } from "./form-values.ts";

export const mcpCallConfig = z.object({
  tool: field(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), {
    label: { en: "Name of the tool", zh: "工具名称" },
    help: { en: "How agents call it: letters, digits, “_” and “-”.", zh: "智能体用它来调用：字母、数字、“_”和“-”。" },
    placeholder: { en: "open_ticket", zh: "open_ticket" },
  }),
  description: field(z.string().min(1), {
    label: { en: "What it does", zh: "用途" },
    help: { en: "Agents decide by this when to use it.", zh: "智能体据此判断何时使用。" },
    widget: "text-long",
  }),
  fields: field(z.record(z.string().regex(NODE_KEY_PATTERN), formFieldSchema).default({}), {
    label: { en: "Arguments", zh: "参数" },
    widget: "form-fields",
  }),
});
export type McpCallConfig = z.infer<typeof mcpCallConfig>;

/** Makes the flow a tool that agents elsewhere may call over MCP. */
export const mcpCall = defineNode<McpCallConfig>({
  role: "step",
  type: "mcp-call",
  version: 1,
  family: "io",
  icon: "unplug",
  title: { en: "Called as a tool", zh: "作为工具被调用" },
  description: { en: "Begins when an agent elsewhere calls the flow.", zh: "外部智能体调用此流程时触发。" },
  docs: {
    en: `Makes this flow a tool: any program that speaks MCP (an assistant on the desktop, another agent) can call it. Switch the flow’s triggers on and enter the
address that is shown there in that program.

**What it does** is what the calling agent reads; say when to use the tool and what it gives. **Arguments** are the fields that it must fill in, as in **Start**.

Later steps read \`{{ key.order }}\`. The caller gets what the flow **answers**, or the fields of its **Result**.`,
    zh: `把此流程变成工具：任何支持 MCP 的程序（桌面助手、其他智能体）都能调用。启用流程的触发器，并把显示的地址填入该程序。

**用途**是调用方智能体读到的说明：写清何时使用、会得到什么。**参数**是它必须填写的字段，与**开始**相同。

后续步骤读取 \`{{ key.order }}\`。调用方得到流程的**回答**，或**结果**中的字段。`,
  },
  config: mcpCallConfig,
  initial: { tool: "my_flow", description: "Says what this flow does.", fields: {} },
  hasInput: false,
  trigger: "mcp",
  effects: false,
  output: ({ fields }) => formSchema(fields),
  summary({ tool, fields }) {
    const names = nameList(Object.keys(fields));
    if (names.en === "") return { en: `When **${tool}** is called`, zh: `当 **${tool}** 被调用` };
    return { en: `When **${tool}** is called with ${names.en}`, zh: `当 **${tool}** 带 ${names.zh} 被调用` };
  },
  run: ({ config, input }) => ({ output: readForm(config.fields, input) }),
  samples: [
    {
      name: "hands the arguments on",
      config: {
        tool: "find_order",
        description: "Finds an order.",
        fields: { order: { type: "string" }, details: { type: "boolean", default: false } },
      },
      input: { order: "A-17" },
      output: { order: "A-17", details: false },
      port: "out",
    },
  ],
});

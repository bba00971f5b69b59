import { z } from "zod";
import { defineNode } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { nameList } from "../wording.ts";

export const mcpServerConfig = z.object({
  server: field(z.string(), {
    label: { en: "Server", zh: "服务器" },
    help: { en: "One of the project’s MCP servers (Tools panel).", zh: "项目中的一个 MCP 服务器（见“工具”面板）。" },
    widget: "server",
  }),
  tools: field(z.array(z.string().min(1)).optional(), {
    label: { en: "Tools", zh: "工具" },
    help: {
      en: "Which of its tools may be used. All of them where nothing is ticked.",
      zh: "允许使用哪些工具；都不勾选时为全部。",
    },
    widget: "tools",
  }),
});

/** The tools of an MCP server, to be bound to agents. */
export const mcpServer = defineNode({
  role: "resource",
  type: "mcp-server",
  version: 1,
  family: "tools",
  icon: "plug",
  title: { en: "Tools from a server", zh: "服务器的工具" },
  description: { en: "Lends the tools of an MCP server to agents.", zh: "把 MCP 服务器的工具交给智能体使用。" },
  docs: {
    en: `Stands for one of the project’s MCP servers. Drag it onto an agent: the agent may then call its tools.

Tick only the tools that the agent needs: fewer tools make better choices, and small models get lost among many.

Servers are set up in the **Tools** panel and kept in the project’s \`mcp.json\`, in the form that other MCP clients use.`,
    zh: `代表项目中的一个 MCP 服务器。把它拖到智能体上，智能体就能调用它的工具。

只勾选智能体需要的工具：工具越少，选择越准；小模型面对太多工具容易出错。

服务器在“工具”面板中设置，保存在项目的 \`mcp.json\` 里，格式与其他 MCP 客户端通用。`,
  },
  config: mcpServerConfig,
  initial: { server: "" },
  provides: "tools",
  output: () => ({}),
  summary({ server, tools }) {
    if (server === "") return { en: "Choose a server", zh: "请选择服务器" };
    if (!tools || tools.length === 0) return { en: `All tools of **${server}**`, zh: `**${server}** 的全部工具` };
    const names = nameList(tools);
    return { en: `${names.en} of **${server}**`, zh: `**${server}** 的 ${names.zh}` };
  },
});

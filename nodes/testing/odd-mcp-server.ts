import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

/** An MCP server whose tool promises a number and gives what it was told to give; it also tells the idempotency key that came along. */
const server = new Server({ name: "odd", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: [
    {
      name: "count",
      inputSchema: { type: "object" as const },
      outputSchema: { type: "object" as const, properties: { n: { type: "number" } }, required: ["n"] },
    },
  ],
}));
server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
  content: [{ type: "text" as const, text: String(params._meta?.["idempotencyKey"]) }],
  structuredContent: params.arguments ?? {},
}));
await server.connect(new StdioServerTransport());

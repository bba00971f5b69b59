/**
 * The MCP server of the sample project “Support desk”: a shop with a few orders, its stock and its handbook.
 * Speaks MCP over standard input and output: `node main.ts [--handbook <folder>]`.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import { Handbook } from "./handbook.ts";
import { Shop } from "./shop.ts";

const PASSAGES = 3;

const { values } = parseArgs({ options: { handbook: { type: "string" } } });
const shop = new Shop(new URL("./shop.json", import.meta.url));
const handbook = new Handbook(values.handbook ?? fileURLToPath(new URL("../support-desk/handbook", import.meta.url)));
const server = new McpServer({ name: "shop", version: "1.0.0" });

const orderId = z.string().describe("The order number");

server.registerTool(
  "search_handbook",
  {
    title: "Search the handbook",
    description: "Search the handbook",
    inputSchema: { query: z.string().describe("What to look for") },
    annotations: { readOnlyHint: true },
  },
  ({ query }) => reply(() => ({ passages: handbook.search(query, PASSAGES).map((passage) => ({ ...passage })) })),
);

server.registerTool(
  "lookup_order",
  {
    title: "Look up an order",
    description: "Look up an order: its status and delivery date",
    inputSchema: { order_id: orderId },
    annotations: { readOnlyHint: true },
  },
  ({ order_id }) => reply(() => shop.lookupOrder(order_id)),
);

server.registerTool(
  "check_stock",
  {
    title: "Check the stock",
    description: "Check how many pieces of a product are in stock",
    inputSchema: { product: z.string().describe("The name of the product") },
    annotations: { readOnlyHint: true },
  },
  ({ product }) => reply(() => ({ ...shop.checkStock(product) })),
);

server.registerTool(
  "create_refund",
  {
    title: "Create a refund",
    description: "Create a refund for an order",
    inputSchema: { order_id: orderId },
    annotations: { idempotentHint: true },
  },
  ({ order_id }, { _meta }) => {
    const key = _meta?.["idempotencyKey"];
    return reply(() => shop.createRefund(order_id, typeof key === "string" ? key : undefined));
  },
);

server.registerTool(
  "cancel_refund",
  {
    title: "Cancel a refund",
    description: "Take back the refund of an order",
    inputSchema: { order_id: orderId },
    annotations: { idempotentHint: true },
  },
  ({ order_id }) => reply(() => shop.cancelRefund(order_id)),
);

/** A result as data and, for models, as its JSON text; an error as one sentence. */
function reply(answer: () => Record<string, unknown>): CallToolResult {
  try {
    const result = answer();
    return { structuredContent: result, content: [{ type: "text", text: JSON.stringify(result) }] };
  } catch (error) {
    return { isError: true, content: [{ type: "text", text: error instanceof Error ? error.message : String(error) }] };
  }
}

await server.connect(new StdioServerTransport());

/**
 * An MCP server that does what well-behaved ones rarely do: lists its tools page by page, adds one while it runs, never answers, stops in
 * the middle of a call, prints to standard output. With `--stubborn` it ignores the end of its input and every signal it can, and so does
 * its child.
 */
import { spawn } from "node:child_process";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema, type CallToolResult } from "@modelcontextprotocol/sdk/types.js";

const PAGE = 2;
const tools = ["whoami", "meta", "wait", "crash", "noise", "grow"];
let child: number | undefined;
let cancelled = 0;

if (process.argv.includes("--stubborn")) {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => {});
  setInterval(() => {}, 60_000);
  child = spawn("/bin/sh", ["-c", "trap '' TERM INT HUP; while :; do sleep 5; done"], { stdio: "ignore" }).pid;
}

const text = (value: unknown): CallToolResult => ({ content: [{ type: "text", text: JSON.stringify(value) }] });

const server = new Server({ name: "odd", version: "1.0.0" }, { capabilities: { tools: { listChanged: true } } });

server.setRequestHandler(ListToolsRequestSchema, ({ params }) => {
  const start = Number(params?.cursor ?? 0);
  const page = tools.slice(start, start + PAGE).map((name) => ({ name, inputSchema: { type: "object" as const } }));
  return { tools: page, ...(start + PAGE < tools.length && { nextCursor: String(start + PAGE) }) };
});

server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
  switch (params.name) {
    case "whoami":
      return text({ pid: process.pid, child: child ?? null, cancelled });
    case "meta":
      return text(params["_meta"] ?? {});
    case "wait":
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      cancelled++;
      return text("cancelled");
    case "crash":
      process.stderr.write("out of paper\n");
      process.exit(7);
    case "noise":
      process.stdout.write("this is not a message\n");
      return text("loud");
    case "grow":
      tools.push(`grown_${tools.length}`);
      await server.sendToolListChanged();
      return text(tools.length);
    default:
      return { isError: true, content: [{ type: "text", text: `no tool ${params.name}` }] };
  }
});

await server.connect(new StdioServerTransport());

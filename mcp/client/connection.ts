import { setTimeout as delay } from "node:timers/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CallToolResultSchema,
  ListToolsResultSchema,
  ToolListChangedNotificationSchema,
  type CallToolResult,
  type Tool as McpTool,
} from "@modelcontextprotocol/sdk/types.js";
import type { JsonObject } from "../../engine/lib/json.ts";
import { withOwnSignal } from "./abort.ts";
import type { LaunchPlan } from "./server-config.ts";
import { ServerProcess } from "./server-process.ts";
import { StdioTransport } from "./stdio-transport.ts";

/** How long a server may take until it answers the first message: npx may have to fetch it first. */
const START_TIMEOUT = 60_000;
const LIST_TIMEOUT = 30_000;
/** A server that pages for ever is cut off here. */
const MAX_PAGES = 200;

export interface ConnectionEvents {
  /** The server's process is gone without having been closed; how it went, in words. Servers elsewhere are noticed by the next call. */
  onClose(how: string): void;
  onToolsChanged(): void;
}

export interface ToolCallRequest {
  tool: string;
  arguments: JsonObject;
  idempotencyKey: string;
  signal: AbortSignal;
  /** milliseconds */
  timeout: number;
}

/** A running MCP server and the client that talks to it. */
export class Connection {
  readonly #client: Client;
  readonly #process: ServerProcess | undefined;
  /** Between handshake and `close`: only then is an end news. */
  #open = false;

  private constructor(process: ServerProcess | undefined, events: ConnectionEvents) {
    this.#process = process;
    this.#client = new Client({ name: "heddle", version: "0.1.0" });
    this.#client.setNotificationHandler(ToolListChangedNotificationSchema, () => events.onToolsChanged());
    void process?.exited.then((how) => {
      if (this.#open) events.onClose(withLastWords(how, process.lastWords));
    });
  }

  /** Starts the server, or opens a session with it, and shakes hands. Leaves nothing behind when that fails. */
  static async open(plan: LaunchPlan, events: ConnectionEvents, signal: AbortSignal): Promise<Connection> {
    const process = plan.transport === "stdio" ? await ServerProcess.start(plan) : undefined;
    const connection = new Connection(process, events);
    try {
      await withOwnSignal(signal, (own) =>
        connection.#client.connect(transportFor(plan, process), { timeout: START_TIMEOUT, signal: own }),
      );
      connection.#open = true;
      return connection;
    } catch (error) {
      const how = await connection.lost();
      await connection.close();
      throw how !== undefined ? new Error(how, { cause: error }) : error;
    }
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** All tools, page by page. */
  async listTools(): Promise<McpTool[]> {
    const tools: McpTool[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const params = cursor === undefined ? {} : { cursor };
      const result = await this.#client.request({ method: "tools/list", params }, ListToolsResultSchema, {
        timeout: LIST_TIMEOUT,
      });
      tools.push(...result.tools);
      if (result.nextCursor === undefined || result.nextCursor === cursor) return tools;
      cursor = result.nextCursor;
    }
    return tools;
  }

  call(request: ToolCallRequest): Promise<CallToolResult> {
    const { tool, timeout, idempotencyKey } = request;
    const params = { name: tool, arguments: request.arguments, _meta: { idempotencyKey } };
    // Progress shows that the server is alive: the time starts anew.
    const options = { timeout, resetTimeoutOnProgress: true, onprogress: () => {} };
    return withOwnSignal(request.signal, (signal) =>
      this.#client.request({ method: "tools/call", params }, CallToolResultSchema, { ...options, signal }),
    );
  }

  async close(): Promise<void> {
    this.#open = false;
    const transport = this.#client.transport;
    if (transport instanceof StreamableHTTPClientTransport) await endSession(transport);
    await this.#client.close();
    await this.#process?.end();
  }

  /** How the server's process went, in words, when it went; undefined while it runs, and for servers elsewhere. */
  async lost(): Promise<string | undefined> {
    const process = this.#process;
    // A pipe can break a moment before the operating system tells that the process is gone.
    const how = await Promise.race([process?.exited, delay(50, undefined)]);
    return how === undefined || !process ? undefined : withLastWords(how, process.lastWords);
  }
}

function withLastWords(how: string, words: string): string {
  return words === "" ? how : `${how} and said: ${words}`;
}

function transportFor(plan: LaunchPlan, process: ServerProcess | undefined): Transport {
  if (process) return new StdioTransport(process);
  if (plan.transport !== "http") throw new Error("a stdio server without a process");
  return new StreamableHTTPClientTransport(plan.url, { requestInit: { headers: plan.headers } });
}

/** Polite, and no more: a server that doesn't answer ends the session by itself some day. */
async function endSession(transport: StreamableHTTPClientTransport): Promise<void> {
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, 1000).unref());
  await Promise.race([transport.terminateSession().catch(() => {}), timeout]);
}

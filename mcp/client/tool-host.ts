import { fileURLToPath } from "node:url";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { Tool, ToolRequest, ToolResult, ToolService } from "../../engine/node/services.ts";
import type { McpServerConfig, McpServerStatus } from "../../engine/rpc/contract.ts";
import type { Variables } from "./server-config.ts";
import { ToolServer } from "./tool-server.ts";

const CALL_TIMEOUT = 60_000;
const APP_ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface ToolHostOptions {
  /** `mcpServers` of mcp.json: name -> config. */
  servers: Readonly<Record<string, McpServerConfig>>;
  /** What `${NAME}` stands for, before the process's environment, HEDDLE_NODE and HEDDLE_APP; a function is asked at each start of a server. */
  env?: Variables | (() => Promise<Variables>);
  /** milliseconds a tool may take; progress that it reports starts the time anew. */
  callTimeout?: number;
}

/** The MCP servers of a project: started when first needed, and none left when disposed. */
export interface ToolHost extends ToolService {
  status(): McpServerStatus[];
  /** Calls the listener at every change of any server's state or tools. @returns the end of it */
  watch(listener: (servers: McpServerStatus[]) => void): () => void;
  /** Adds, replaces and ends servers so that exactly these remain; unchanged ones keep running. */
  setServers(servers: Readonly<Record<string, McpServerConfig>>): Promise<void>;
  /** Starts a server that doesn't run, so that its tools are known. Never throws for the server's sake: the status tells. */
  start(name: string): Promise<McpServerStatus>;
  /** Ends a server and starts it afresh. Never throws for the server's sake: the status tells. */
  restart(name: string): Promise<McpServerStatus>;
  /** The process id of a stdio server, while it runs. */
  pid(name: string): Promise<number | undefined>;
  dispose(): Promise<void>;
}

export function createToolHost(options: ToolHostOptions): ToolHost {
  return new Host(options);
}

class Host implements ToolHost {
  readonly #servers = new Map<string, ToolServer>();
  readonly #listeners = new Set<(servers: McpServerStatus[]) => void>();
  readonly #variables: () => Promise<Variables>;
  readonly #callTimeout: number;

  constructor({ servers, env = {}, callTimeout = CALL_TIMEOUT }: ToolHostOptions) {
    this.#variables = async () => ({
      HEDDLE_NODE: process.execPath,
      HEDDLE_APP: APP_ROOT.replace(/[\\/]$/, ""),
      ...process.env,
      ...(typeof env === "function" ? await env() : env),
    });
    this.#callTimeout = callTimeout;
    for (const [name, config] of Object.entries(servers)) this.#add(name, config);
  }

  status(): McpServerStatus[] {
    return [...this.#servers.values()].map((server) => server.status());
  }

  watch(listener: (servers: McpServerStatus[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async list(server: string, names?: readonly string[], signal?: AbortSignal): Promise<Tool[]> {
    return this.#get(server).list(names, signal);
  }

  async call(request: ToolRequest): Promise<ToolResult> {
    return this.#get(request.server).call(request);
  }

  async setServers(servers: Readonly<Record<string, McpServerConfig>>): Promise<void> {
    const ended: Promise<void>[] = [];
    for (const [name, server] of this.#servers) {
      const wanted = servers[name];
      if (wanted && JSON.stringify(wanted) === JSON.stringify(server.config)) continue;
      this.#servers.delete(name);
      ended.push(server.dispose());
    }
    for (const [name, config] of Object.entries(servers)) if (!this.#servers.has(name)) this.#add(name, config);
    this.#tell();
    await Promise.all(ended);
  }

  async start(name: string): Promise<McpServerStatus> {
    const server = this.#get(name);
    await server.start().catch(ignoreServerFailure);
    return server.status();
  }

  async restart(name: string): Promise<McpServerStatus> {
    const server = this.#get(name);
    await server.restart().catch(ignoreServerFailure);
    return server.status();
  }

  async pid(name: string): Promise<number | undefined> {
    return this.#get(name).pid();
  }

  async dispose(): Promise<void> {
    this.#listeners.clear();
    await this.setServers({});
  }

  #get(name: string): ToolServer {
    const server = this.#servers.get(name);
    if (!server) throw new HeddleError("tool.server-unknown", { server: name });
    return server;
  }

  #add(name: string, config: McpServerConfig): void {
    const onChange = () => this.#tell();
    this.#servers.set(
      name,
      new ToolServer({ name, config, variables: this.#variables, callTimeout: this.#callTimeout, onChange }),
    );
  }

  #tell(): void {
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }
}

/** The status holds it, for whoever looks. */
function ignoreServerFailure(error: unknown): void {
  if (!(error instanceof HeddleError)) throw error;
}

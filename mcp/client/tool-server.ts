import type { Tool as McpTool } from "@modelcontextprotocol/sdk/types.js";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import type { Tool, ToolRequest, ToolResult } from "../../engine/node/services.ts";
import type { McpServerConfig, McpServerStatus } from "../../engine/rpc/contract.ts";
import { waitUnlessAborted } from "./abort.ts";
import { backoff } from "./backoff.ts";
import { Connection } from "./connection.ts";
import { callFailure, isAnswer, isSessionLost, startFailure, withoutCode } from "./failures.ts";
import { launchPlan, transportOf, type Variables } from "./server-config.ts";
import { toToolResult } from "./tool-result.ts";

/** A server that failed this often in a row is left alone until it is called or restarted by hand. */
const AUTOMATIC_RESTARTS = 5;

export interface ToolServerOptions {
  name: string;
  config: McpServerConfig;
  /** Asked at each start: a value that was set since counts. */
  variables(): Promise<Variables>;
  /** milliseconds */
  callTimeout: number;
  onChange(): void;
}

interface Live {
  connection: Connection;
  tools: McpTool[];
}

/** One configured server: started when first needed, started again when it stops, ended with `dispose`. */
export class ToolServer {
  readonly config: McpServerConfig;
  readonly #options: ToolServerOptions;
  readonly #disposal = new AbortController();
  #state: McpServerStatus["state"] = "stopped";
  #error: HeddleError | undefined;
  /** Known from the last time it ran: shown while it is down. */
  #tools: McpTool[] = [];
  #live: Promise<Live> | undefined;
  /** The connection that runs now. */
  #current: Connection | undefined;
  #failures = 0;

  constructor(options: ToolServerOptions) {
    this.#options = options;
    this.config = options.config;
  }

  status(): McpServerStatus {
    return {
      name: this.#options.name,
      config: this.config,
      transport: transportOf(this.config),
      state: this.#state,
      tools: this.#tools.map(({ name, title, description, inputSchema }) => ({
        name,
        ...(title !== undefined && { title }),
        description: description ?? "",
        inputSchema: inputSchema as JsonSchema,
      })),
      ...(this.#error && { error: this.#error.toJSON() }),
    };
  }

  /** The process id of a stdio server that runs. */
  async pid(): Promise<number | undefined> {
    return (await this.#live?.catch(() => undefined))?.connection.pid;
  }

  async list(names: readonly string[] | undefined, signal?: AbortSignal): Promise<Tool[]> {
    const { tools } = await this.#ready(signal);
    if (!names) return tools.map((tool) => this.#describe(tool));
    return names.map((name) => this.#describe(this.#find(tools, name)));
  }

  async call(request: ToolRequest): Promise<ToolResult> {
    const live = await this.#ready(request.signal);
    this.#find(live.tools, request.tool);
    try {
      return await this.#callOn(live, request);
    } catch (error) {
      if (!isSessionLost(error)) throw error;
      // The server has forgotten the session and done nothing: the same call in a new one.
      this.#forget();
      await live.connection.close();
      return this.#callOn(await this.#ready(request.signal), request);
    }
  }

  /** Starts it, unless it runs. @throws HeddleError `tool.server-*` */
  async start(signal?: AbortSignal): Promise<void> {
    await this.#ready(signal);
  }

  async restart(): Promise<void> {
    const live = await this.#live?.catch(() => undefined);
    this.#forget();
    await live?.connection.close();
    this.#failures = 0;
    await this.start();
  }

  async dispose(): Promise<void> {
    this.#disposal.abort(new HeddleError("tool.server-unknown", { server: this.#options.name }));
    const live = await this.#live?.catch(() => undefined);
    this.#forget();
    await live?.connection.close();
    this.#become("stopped");
  }

  async #callOn({ connection }: Live, request: ToolRequest): Promise<ToolResult> {
    const { name: server, callTimeout: timeout } = this.#options;
    const { tool, signal } = request;
    try {
      const result = await connection.call({ ...request, timeout });
      const { content, value } = toToolResult(result);
      if (!result.isError) return { content, value };
      throw new HeddleError("tool.failed", { server, tool, detail: withoutCode(content) || "it gave no reason" });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (isSessionLost(error)) throw error;
      const lost = isAnswer(error) ? undefined : await connection.lost();
      const failure = callFailure({ server, tool, timeout, ...(lost !== undefined && { lost }) }, error);
      // A server elsewhere tells nobody when it goes: the call that fails finds out.
      if (failure.code === "tool.server-unavailable") this.#lose(connection, failure);
      throw failure;
    }
  }

  #find(tools: readonly McpTool[], name: string): McpTool {
    const tool = tools.find((candidate) => candidate.name === name);
    if (tool) return tool;
    const known = tools.map((other) => other.name).join(", ") || "nothing";
    throw new HeddleError("tool.unknown", { server: this.#options.name, tool: name, known });
  }

  #describe({ name, description, inputSchema, outputSchema }: McpTool): Tool {
    return {
      name,
      server: this.#options.name,
      description: description ?? "",
      inputSchema: inputSchema as JsonSchema,
      ...(outputSchema && { outputSchema: outputSchema as JsonSchema }),
    };
  }

  /** The running server; callers that come while it starts share the attempt, and each may stop waiting for it. */
  #ready(signal?: AbortSignal): Promise<Live> {
    if (this.#disposal.signal.aborted) return Promise.reject(this.#disposal.signal.reason as Error);
    if (!this.#live) {
      this.#live = this.#open();
      // Everyone who waits may have left by the time it fails; the status tells then.
      this.#live.catch(() => {});
    }
    return waitUnlessAborted(this.#live, signal);
  }

  async #open(): Promise<Live> {
    const { name } = this.#options;
    this.#become("starting");
    try {
      if (this.#failures > 0) await backoff(this.#failures, this.#disposal.signal);
      const plan = launchPlan(name, this.config, await this.#options.variables());
      const connection = await Connection.open(
        plan,
        {
          onClose: (detail) =>
            this.#lose(connection, new HeddleError("tool.server-unavailable", { server: name, detail })),
          onToolsChanged: () => void this.#refresh(connection),
        },
        this.#disposal.signal,
      );
      const tools = await this.#firstList(connection);
      this.#failures = 0;
      this.#current = connection;
      this.#tools = tools;
      this.#become("ready");
      return { connection, tools };
    } catch (error) {
      const failure = startFailure(name, error);
      this.#failures++;
      this.#live = undefined;
      if (!this.#disposal.signal.aborted) this.#become("failed", failure);
      throw failure;
    }
  }

  async #firstList(connection: Connection): Promise<McpTool[]> {
    try {
      return await connection.listTools();
    } catch (error) {
      const lost = await connection.lost();
      await connection.close();
      throw lost === undefined ? error : new Error(lost, { cause: error });
    }
  }

  /** The server says that its tools changed. */
  async #refresh(connection: Connection): Promise<void> {
    const live = await this.#live?.catch(() => undefined);
    if (live?.connection !== connection) return;
    try {
      live.tools = await connection.listTools();
      this.#tools = live.tools;
      this.#options.onChange();
    } catch {
      // Tools that can't be listed any more are found out by the next call; a server that went is told by its close.
    }
  }

  /** The server went by itself: told, and started again after a pause. */
  #lose(connection: Connection, failure: HeddleError): void {
    if (this.#current !== connection || this.#disposal.signal.aborted) return;
    this.#forget();
    this.#failures++;
    this.#become("failed", failure);
    void connection.close().then(() => this.#revive());
  }

  #forget(): void {
    this.#live = undefined;
    this.#current = undefined;
  }

  async #revive(): Promise<void> {
    while (this.#failures <= AUTOMATIC_RESTARTS && !this.#disposal.signal.aborted) {
      try {
        await this.#ready();
        return;
      } catch {
        // The failure is shown in the status; the next try waits longer.
      }
    }
  }

  #become(state: McpServerStatus["state"], error?: HeddleError): void {
    this.#state = state;
    this.#error = error;
    this.#options.onChange();
  }
}

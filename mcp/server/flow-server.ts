import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject } from "../../engine/lib/json.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import { callFlow } from "./flow-call.ts";
import { toolOf } from "./flow-tools.ts";

/** Lends a host for as long as something is done with it. */
export type UseHost = <T>(use: (client: HostClient) => Promise<T>) => Promise<T>;

export interface FlowServerOptions {
  useHost: UseHost;
  /** A host that stays: the client is then told when the tools change. Left out, it isn't. */
  lasting?: HostClient;
  /** Heddle's. */
  version: string;
}

/** An MCP server for one client: the active flows that have an MCP trigger are its tools. Connect it to a transport; close it with that. */
export function createFlowServer({ useHost, lasting, version }: FlowServerOptions): Server {
  const server = new Server(
    { name: "heddle", title: "Heddle", version },
    { capabilities: { tools: { listChanged: lasting !== undefined } } },
  );
  server.setRequestHandler(ListToolsRequestSchema, () =>
    useHost(async (client) => ({ tools: (await client.triggers.tools({})).map(toolOf) })),
  );
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal, sendNotification }) =>
    useHost(async (client) => {
      const tool = (await client.triggers.tools({})).find(({ name }) => name === params.name);
      if (!tool) throw new McpError(ErrorCode.InvalidParams, `There is no tool named “${params.name}”.`);
      const progressToken = params._meta?.progressToken;
      const key = params._meta?.["idempotencyKey"];
      return callFlow(client, {
        tool,
        signal,
        arguments: (params.arguments ?? {}) as JsonObject,
        ...(typeof key === "string" && { key }),
        ...(progressToken !== undefined && {
          progress: (told) =>
            sendNotification({ method: "notifications/progress", params: { ...told, progressToken } }),
        }),
      });
    }).catch((thrown: unknown) => {
      if (thrown instanceof McpError) throw thrown;
      const error = HeddleError.from(thrown);
      return { content: [{ type: "text" as const, text: error.message }], isError: true };
    }),
  );
  if (lasting) tellChanges(server, lasting);
  return server;
}

/** Tells the client when the list of tools is another one, from its first message to its last. */
function tellChanges(server: Server, client: HostClient): void {
  const over = new AbortController();
  server.oninitialized = () => {
    void follow(server, client, over.signal).catch(() => {});
  };
  Object.assign(server, { onclose: () => over.abort() } satisfies Pick<Server, "onclose">);
}

async function follow(server: Server, client: HostClient, signal: AbortSignal): Promise<void> {
  const listed = async () => JSON.stringify((await client.triggers.tools({})).map(toolOf));
  let before = await listed();
  for await (const _ of await client.triggers.watch({}, { signal })) {
    const now = await listed();
    if (now !== before) await server.sendToolListChanged();
    before = now;
  }
}

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

/** MCP over Streamable HTTP: one session for each client that introduces itself. */
export interface HttpSessions {
  /** Answers a request. Who may call, and from which pages, is for the caller to check before. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

interface Session {
  server: Server;
  transport: StreamableHTTPServerTransport;
  seenAt: number;
}

/** A client that went away without a word is forgotten after this long, in ms. */
const FORGET_AFTER_MS = 60 * 60_000;
/** Clients that begin sessions without end are held to so many: the longest silent one goes. */
const MOST_SESSIONS = 100;

/** `makeServer` gives each session a server of its own. */
export function createHttpSessions(makeServer: () => Server): HttpSessions {
  const sessions = new Map<string, Session>();
  const drop = (id: string): void => {
    const session = sessions.get(id);
    sessions.delete(id);
    void session?.server.close();
  };
  const sweep = (): void => {
    const byAge = [...sessions].toSorted(([, a], [, b]) => a.seenAt - b.seenAt);
    const surplus = byAge.length - MOST_SESSIONS;
    const old = Date.now() - FORGET_AFTER_MS;
    for (const [index, [id, { seenAt }]] of byAge.entries()) if (index < surplus || seenAt < old) drop(id);
  };

  const begin = async (): Promise<StreamableHTTPServerTransport> => {
    const server = makeServer();
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized(id) {
        sessions.set(id, { server, transport, seenAt: Date.now() });
        sweep();
      },
      onsessionclosed: drop,
    });
    await server.connect(transport);
    return transport;
  };

  return {
    async answer(request, response) {
      const id = request.headers["mcp-session-id"];
      const known = typeof id === "string" ? sessions.get(id) : undefined;
      if (known) known.seenAt = Date.now();
      // A request without a session has to begin one, which the transport sees to; one with an unknown session is to begin anew.
      else if (id !== undefined) return refuse(response);
      const transport = known?.transport ?? (await begin());
      await transport.handleRequest(request, response);
      if (!known && transport.sessionId === undefined) await transport.close();
    },
    async close() {
      const all = [...sessions.values()];
      sessions.clear();
      await Promise.allSettled(all.map(({ server }) => server.close()));
    },
  };
}

function refuse(response: ServerResponse): void {
  const error = { code: -32_001, message: "Session not found" };
  response
    .writeHead(404, { "content-type": "application/json" })
    .end(JSON.stringify({ jsonrpc: "2.0", error, id: null }));
}

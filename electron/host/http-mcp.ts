import type { IncomingMessage, ServerResponse } from "node:http";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import type { HttpSessions } from "../../mcp/server/index.ts";
import type { HostContext } from "./context.ts";
import { lazy } from "./lazy.ts";
import { isToken, projectToken } from "./project-token.ts";
import { VERSION } from "./version.ts";

export const MCP_PATH = "/mcp";

const NO_TOKEN = "Send the project’s token as “Authorization: Bearer …”. `heddle mcp --token` prints it.\n";

export interface McpEndpoint {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** The open project's flows as MCP tools, for programs that know the project's token. */
export function createMcpEndpoint(context: HostContext, client: HostClient): McpEndpoint {
  const sessions = lazy<HttpSessions>(async () => {
    const { createFlowServer, createHttpSessions } = await import("../../mcp/server/index.ts");
    return createHttpSessions(() =>
      createFlowServer({ useHost: (use) => use(client), lasting: client, version: VERSION }),
    );
  });
  return {
    async answer(request, response) {
      const project = context.current();
      if (!project) return void response.writeHead(503).end();
      if (isForeignPage(request)) return void response.writeHead(403).end();
      if (!isToken(bearerOf(request), await projectToken(project.folder))) {
        return void response.writeHead(401, { "www-authenticate": 'Bearer realm="heddle"' }).end(NO_TOKEN);
      }
      await (await sessions()).answer(request, response).catch((error: unknown) => {
        context.report(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    },
    async close() {
      await (await sessions.made())?.close();
    },
  };
}

function bearerOf({ headers }: IncomingMessage): string {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
}

/** A page on this computer may be a tool for trying MCP servers; any other page has no business here. */
function isForeignPage({ headers: { origin } }: IncomingMessage): boolean {
  return origin !== undefined && !/^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(origin);
}

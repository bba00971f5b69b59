import type { IncomingMessage, ServerResponse } from "node:http";
import type { HostContext } from "./context.ts";
import { answerHook, HOOKS_PATH } from "./http-hooks.ts";
import { createMcpEndpoint, MCP_PATH } from "./http-mcp.ts";
import type { HostClient } from "../../engine/rpc/client/index.ts";

/** What programs other than the studio call over HTTP: webhooks, and flows as MCP tools. */
export interface HostHttp {
  /** Answers the request, or says that it is for somebody else. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
}

export function createHostHttp(context: HostContext, client: HostClient): HostHttp {
  const mcp = createMcpEndpoint(context, client);
  return {
    answer(request, response) {
      const { pathname } = new URL(request.url ?? "/", "http://host");
      if (pathname.startsWith(HOOKS_PATH)) void answerHook(context, request, response);
      else if (pathname === MCP_PATH) void mcp.answer(request, response);
      else return false;
      return true;
    },
    close: () => mcp.close(),
  };
}

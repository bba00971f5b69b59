import { StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import { HeddleError } from "../../engine/lib/errors/error.ts";

/** Why a server can't be started or reached, in words. Errors of the config stay what they are. */
export function startFailure(server: string, error: unknown): HeddleError {
  if (error instanceof HeddleError) return error;
  return new HeddleError("tool.server-unavailable", { server, detail: reason(error) }, { cause: error });
}

/** What a failed call means: the time is up, the server is gone, or the tool itself says no. */
export function callFailure(
  call: { server: string; tool: string; timeout: number; lost?: string },
  error: unknown,
): HeddleError {
  const { server, tool } = call;
  if (error instanceof HeddleError) return error;
  if (call.lost !== undefined) {
    return new HeddleError("tool.server-unavailable", { server, detail: call.lost }, { cause: error });
  }
  if (hasCode(error, ErrorCode.RequestTimeout)) {
    return new HeddleError("tool.timeout", { server, tool, limit: call.timeout / 1000 }, { cause: error });
  }
  if (error instanceof McpError && !hasCode(error, ErrorCode.ConnectionClosed)) {
    return new HeddleError("tool.failed", { server, tool, detail: withoutCode(error.message) }, { cause: error });
  }
  return new HeddleError("tool.server-unavailable", { server, detail: reason(error) }, { cause: error });
}

/** Whether a Streamable HTTP server has forgotten the session: 404 says the protocol, many servers answer 400 and name the session. */
export function isSessionLost(error: unknown): boolean {
  if (!(error instanceof StreamableHTTPError)) return false;
  return error.code === 404 || (error.code === 400 && /session/i.test(error.message));
}

/** Whether the server itself gave this error, so that it must be alive. */
export function isAnswer(error: unknown): boolean {
  if (error instanceof HeddleError) return true;
  return (
    error instanceof McpError &&
    !hasCode(error, ErrorCode.ConnectionClosed) &&
    !hasCode(error, ErrorCode.RequestTimeout)
  );
}

/** McpError keeps its code as a plain number. */
function hasCode(error: unknown, code: ErrorCode): boolean {
  const number: number = code;
  return error instanceof McpError && error.code === number;
}

function reason(error: unknown): string {
  if (error instanceof StreamableHTTPError) return httpReason(error);
  if (hasCode(error, ErrorCode.RequestTimeout)) return "it didn’t answer in time";
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  const code = errorCode(error) ?? errorCode(cause);
  if (code === "ENOENT") return `its command can’t be found (${error.message})`;
  if (code === "EACCES") return `its command may not be run (${error.message})`;
  if (code === "ECONNREFUSED") return "nothing answers at its address (connection refused)";
  if (code === "ENOTFOUND") return "its address is unknown";
  // fetch says “fetch failed” and keeps what happened one level down.
  return withoutCode(error.message === "fetch failed" && cause instanceof Error ? cause.message : error.message);
}

function httpReason(error: StreamableHTTPError): string {
  if (error.code === 401 || error.code === 403) return `it refused the credentials (HTTP ${error.code})`;
  if (error.code === 404) return "there is no MCP server at its address (HTTP 404)";
  return error.code === undefined ? error.message : `it answered with HTTP ${error.code}`;
}

/** The SDK puts “MCP error -32602: ” before what the server said. */
export function withoutCode(message: string): string {
  return message.replace(/^(MCP error -?\d+: )+/, "");
}

function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

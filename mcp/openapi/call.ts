import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { ToolRequest, ToolResult } from "../../engine/node/services.ts";
import { isJson } from "./operations.ts";
import type { ApiRequest } from "./request.ts";

const ANSWER_LIMIT = 10 * 1024 * 1024;

export interface CallOptions {
  fetch: typeof fetch;
  /** milliseconds */
  timeout: number;
  /** A redirect would hand the secrets to whoever it names. */
  carriesSecrets: boolean;
}

/** Sends the request of a tool call. What the API refuses is the tool's error, for a model to read. @throws HeddleError `tool.*` */
export async function send(request: ApiRequest, tool: ToolRequest, options: CallOptions): Promise<ToolResult> {
  const facts = { server: tool.server, tool: tool.tool };
  const limit = AbortSignal.timeout(options.timeout);
  request.headers.set("idempotency-key", tool.idempotencyKey);
  try {
    const response = await options.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body !== undefined && { body: request.body }),
      redirect: options.carriesSecrets ? "manual" : "follow",
      signal: AbortSignal.any([tool.signal, limit]),
    });
    const text = await readText(response);
    if (response.ok) return result(text, response.headers.get("content-type") ?? "");
    const { status } = response;
    const retryable = status >= 500 || status === 408 || status === 429;
    throw new HeddleError("tool.failed", { ...facts, detail: `${status}: ${summary(text, response)}` }, { retryable });
  } catch (cause) {
    if (cause instanceof HeddleError) throw cause;
    tool.signal.throwIfAborted();
    if (limit.aborted) throw new HeddleError("tool.timeout", { ...facts, limit: options.timeout / 1000 }, { cause });
    throw new HeddleError("tool.server-unavailable", { server: tool.server, detail: reason(cause) }, { cause });
  }
}

function result(text: string, type: string): ToolResult {
  if (!isJson(type) || text === "") return { content: text, value: text };
  try {
    return { content: text, value: JSON.parse(text) as JsonValue };
  } catch {
    return { content: text, value: text };
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_LIMIT) throw new Error(`it answered with more than ${ANSWER_LIMIT / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function summary(text: string, response: Response): string {
  const target = response.headers.get("location");
  if (target !== null) return `it sends callers on to ${target}, where secrets aren’t sent by themselves`;
  return text.replace(/\s+/g, " ").trim().slice(0, 500) || response.statusText || "no details";
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause;
  if (inner instanceof Error) return "code" in inner && typeof inner.code === "string" ? inner.code : inner.message;
  return error.message;
}

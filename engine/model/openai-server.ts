import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { streamSSE } from "hono/streaming";
import { HeddleError } from "../lib/errors/error.ts";
import type { ModelHost } from "./host.ts";
import {
  assistantMessage,
  chatRequestSchema,
  finishReasonOf,
  toCallOptions,
  usageOf,
  type ChatRequest,
} from "./openai-format.ts";

export interface OpenAIServerOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  modelHost: Pick<ModelHost, "language" | "list">;
  /** Callers must send it as a bearer token; left out: nobody is asked. */
  apiKey?: string;
}

export interface OpenAIServer {
  /** `http://127.0.0.1:4000/v1`: the base URL for clients. */
  url: string;
  port: number;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 16 << 20;

/** Serves a model host over the OpenAI protocol: `/v1/models` and `/v1/chat/completions`. Resolves once it listens. */
export function serveOpenAI(options: OpenAIServerOptions): Promise<OpenAIServer> {
  const hostname = options.host ?? "127.0.0.1";
  const app = openAIApp(options);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port: options.port }, ({ port }: AddressInfo) =>
      resolve({ url: `http://${hostname}:${port}/v1`, port, close: () => close(server) }),
    );
    server.once("error", reject);
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}

function openAIApp({ modelHost, apiKey }: OpenAIServerOptions): Hono {
  const app = new Hono();
  app.get("/health", (context) => context.json({ ok: true }));
  app.use("/v1/*", async (context, next) => {
    if (apiKey !== undefined && !sameKey(context.req.header("authorization"), apiKey)) {
      return context.json(
        {
          error: { message: "The API key is missing or wrong.", type: "authentication_error", code: "invalid_api_key" },
        },
        401,
      );
    }
    await next();
  });
  app.get("/v1/models", (context) => {
    const data = modelHost.list().map(({ id }) => ({ id, object: "model", created: 0, owned_by: "heddle" }));
    return context.json({ object: "list", data });
  });
  app.post("/v1/chat/completions", bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const request = await readRequest(context);
    const model = modelHost.language(request.model);
    const answer = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: request.model };
    const callOptions = toCallOptions(request, context.req.raw.signal);
    if (request.stream) return streamChat(context, (await model.doStream(callOptions)).stream, { ...answer, request });
    const result = await model.doGenerate(callOptions);
    return context.json({
      ...answer,
      object: "chat.completion",
      choices: [
        { index: 0, message: assistantMessage(result.content), finish_reason: finishReasonOf(result.finishReason) },
      ],
      usage: usageOf(result.usage),
    });
  });
  app.notFound((context) =>
    context.json(
      { error: { message: `There is nothing at ${context.req.path}.`, type: "invalid_request_error" } },
      404,
    ),
  );
  app.onError((thrown, context) => {
    const error = HeddleError.from(thrown);
    return context.json(errorBody(error), error.status as 500);
  });
  return app;
}

function sameKey(header: string | undefined, key: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(header ?? ""), digest(`Bearer ${key}`));
}

async function readRequest(context: Context): Promise<ChatRequest> {
  const body: unknown = await context.req.json().catch(() => {
    throw new HeddleError("model.bad-request", { detail: "its body is not JSON" });
  });
  const parsed = chatRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HeddleError("model.bad-request", {
    detail: `${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "invalid"}`,
  });
}

interface Answer {
  id: string;
  created: number;
  model: string;
  request: ChatRequest;
}

/** The first part is awaited before the response starts, so that a call that can't begin gets its HTTP status. */
async function streamChat(
  context: Context,
  stream: ReadableStream<LanguageModelV4StreamPart>,
  answer: Answer,
): Promise<Response> {
  const parts = withoutPreamble(stream);
  const first = await parts.next();
  return streamSSE(context, async (sse) => {
    const { id, created, model, request } = answer;
    const send = (rest: object) =>
      sse.writeSSE({ data: JSON.stringify({ id, created, model, object: "chat.completion.chunk", ...rest }) });
    const choice = (delta: object, finish: string | null = null) =>
      send({ choices: [{ index: 0, delta, finish_reason: finish }] });
    let calls = 0;
    try {
      await choice({ role: "assistant" });
      for (let next = first; !next.done; next = await parts.next()) {
        const part = next.value;
        if (part.type === "text-delta") await choice({ content: part.delta });
        else if (part.type === "reasoning-delta") await choice({ reasoning_content: part.delta });
        else if (part.type === "tool-call") {
          const call = {
            id: part.toolCallId,
            type: "function",
            function: { name: part.toolName, arguments: part.input },
          };
          await choice({ tool_calls: [{ index: calls++, ...call }] });
        } else if (part.type === "finish") {
          await choice({}, finishReasonOf(part.finishReason));
          if (request.stream_options?.include_usage) await send({ choices: [], usage: usageOf(part.usage) });
        }
      }
    } catch (thrown) {
      await sse.writeSSE({ data: JSON.stringify(errorBody(HeddleError.from(thrown))) });
    }
    await sse.writeSSE({ data: "[DONE]" });
  });
}

async function* withoutPreamble(
  stream: ReadableStream<LanguageModelV4StreamPart>,
): AsyncGenerator<LanguageModelV4StreamPart, void> {
  for await (const part of stream) if (part.type !== "stream-start" && part.type !== "response-metadata") yield part;
}

/** The protocol's error, and Heddle's own beside it for Heddle's clients. */
function errorBody(error: HeddleError) {
  const code = error.code === "model.context-overflow" ? "context_length_exceeded" : error.code;
  const type = error.status < 500 ? "invalid_request_error" : "server_error";
  return { error: { message: error.message, type, code, heddle: error.toJSON() } };
}

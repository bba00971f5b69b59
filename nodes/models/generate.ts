import type { LanguageModelV4CallOptions, LanguageModelV4Message, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { historyMessages } from "./history.ts";
import { readStream, type ModelReply } from "./model-stream.ts";
import { callerOptions, DEFAULT_MAX_TOKENS } from "./sampling.ts";

export interface GenerateRequest {
  model: string;
  system?: string;
  prompt: string;
  /** Earlier messages: `{ role, text }` each. */
  history?: JsonValue;
  temperature?: number;
  maxTokens?: number;
  /** The form of the answer: generated under its grammar and checked by the model service. */
  schema?: JsonSchema;
  /** Nothing is streamed to watchers: for answers that people don't read. */
  silent?: boolean;
}

/** `value` is the parsed answer where a schema was asked for, else null. */
export interface Generated {
  text: string;
  value: JsonValue;
}

/**
 * One call of a language model.
 * @throws HeddleError `model.*`
 */
export async function generate(ctx: StepContext, request: GenerateRequest): Promise<Generated> {
  const model = ctx.models.language(request.model);
  const { stream } = await model.doStream(callOptions(ctx, request));
  const silent = request.silent || request.schema !== undefined;
  const reply = await readStream(stream, { onText: silent ? () => {} : ctx.emit, onUsage: ctx.addUsage });
  if (!request.schema) return { text: reply.text, value: null };
  return { text: reply.text, value: parseAnswer(reply, request) };
}

function callOptions(ctx: StepContext, request: GenerateRequest): LanguageModelV4CallOptions {
  const message: LanguageModelV4Message = { role: "user", content: [{ type: "text", text: request.prompt }] };
  const prompt: LanguageModelV4Prompt = [...historyMessages(request.history), message];
  if (request.system?.trim()) prompt.unshift({ role: "system", content: request.system });
  return {
    prompt,
    maxOutputTokens: request.maxTokens ?? DEFAULT_MAX_TOKENS,
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    ...(request.schema && { responseFormat: { type: "json", schema: request.schema as never } }),
    seed: ctx.seed,
    providerOptions: callerOptions(ctx),
    abortSignal: ctx.signal,
  };
}

/** The model service has checked the answer against the schema, unless it was cut off. */
function parseAnswer(reply: ModelReply, request: GenerateRequest): JsonValue {
  if (reply.finishReason === "length") {
    throw new HeddleError("model.output-cut", { model: request.model, limit: request.maxTokens ?? DEFAULT_MAX_TOKENS });
  }
  return JSON.parse(reply.text) as JsonValue;
}

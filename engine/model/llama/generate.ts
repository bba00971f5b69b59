import {
  LlamaChat,
  LlamaText,
  type ChatHistoryItem,
  type ChatModelFunctions,
  type ChatWrapper,
  type Llama,
  type LlamaContextSequence,
  type LlamaModel,
  type Token,
} from "node-llama-cpp";
import { HeddleError } from "../../lib/errors/error.ts";
import type { JsonObject } from "../../lib/json.ts";
import { toChatHistory } from "./chat-history.ts";
import { toGrammarSchema } from "./grammar-schema.ts";
import type { GenerateRequest, GenerateResult, ToolSpec } from "./protocol.ts";

/** What a call is computed on. */
export interface Engine {
  id: string;
  llama: Llama;
  model: LlamaModel;
  chatWrapper: ChatWrapper;
  contextSize: number;
}

export interface PreparedCall {
  request: GenerateRequest;
  history: ChatHistoryItem[];
  functions: ChatModelFunctions | undefined;
  /** The whole prompt as the model reads it. */
  tokens: Token[];
}

export interface CallObserver {
  signal: AbortSignal;
  onDelta(kind: "text" | "thought", text: string): void;
}

/** llama.cpp doesn't look at an abort while it reads a prompt, so the prompt is read in slices. */
const PREFILL_SLICE = 256;
/** llama.cpp's chat needs room for the token that it samples and for the one that ends the turn. */
const RESERVED_TOKENS = 2;

/**
 * Renders a call's prompt and counts its tokens, before anything is computed.
 * @throws HeddleError `model.context-overflow`, `model.bad-request`
 */
export function prepareCall(engine: Engine, request: GenerateRequest): PreparedCall {
  const history = toChatHistory(request.prompt);
  const functions = request.tools.length > 0 ? toFunctions(request.tools) : undefined;
  const chatHistory: ChatHistoryItem[] =
    history.at(-1)?.type === "model" ? history : [...history, { type: "model", response: [] }];
  const { contextText } = engine.chatWrapper.generateContextState({
    chatHistory,
    ...(functions && { availableFunctions: functions, documentFunctionParams: true }),
  });
  const tokens = contextText.tokenize(engine.model.tokenizer);
  const limit = engine.contextSize - RESERVED_TOKENS;
  if (tokens.length >= limit) {
    throw new HeddleError("model.context-overflow", { model: engine.id, tokens: tokens.length, limit });
  }
  return { request, history, functions, tokens };
}

function toFunctions(tools: readonly ToolSpec[]): ChatModelFunctions {
  return Object.fromEntries(
    tools.map(({ name, description, inputSchema }) => {
      const takesNothing = Object.keys(inputSchema.properties ?? {}).length === 0;
      return [
        name,
        { ...(description && { description }), ...(!takesNothing && { params: toGrammarSchema(inputSchema) }) },
      ];
    }),
  );
}

/** Computes one call on a sequence: the answer, or the tools that the model wants called. */
export async function generate(
  engine: Engine,
  sequence: LlamaContextSequence,
  call: PreparedCall,
  observer: CallObserver,
): Promise<GenerateResult> {
  const cachedTokens = await prefill(sequence, call.tokens, observer.signal);
  const { request } = call;
  const room = engine.contextSize - call.tokens.length - RESERVED_TOKENS;
  const maxTokens = Math.min(request.maxTokens, room);
  const usedBefore = sequence.tokenMeter.usedOutputTokens;
  const chat = new LlamaChat({ contextSequence: sequence, chatWrapper: engine.chatWrapper });
  let thought = "";
  try {
    const shared = {
      signal: observer.signal,
      seed: request.seed,
      temperature: request.temperature,
      maxTokens,
      repeatPenalty: false as const,
      ...(request.topP !== undefined && { topP: request.topP }),
      ...(request.topK !== undefined && { topK: request.topK }),
      ...(request.stop.length > 0 && { customStopTriggers: request.stop.map((text) => LlamaText(text)) }),
      onResponseChunk(chunk: { type: "segment" | undefined; text: string }) {
        if (chunk.text === "") return;
        if (chunk.type === "segment") thought += chunk.text;
        observer.onDelta(chunk.type === "segment" ? "thought" : "text", chunk.text);
      },
    };
    const response = call.functions
      ? await chat.generateResponse(call.history, {
          ...shared,
          functions: call.functions,
          documentFunctionParams: true,
        })
      : await chat.generateResponse(call.history, { ...shared, ...(await grammarOf(engine, request)) });
    const toolCalls = (response.functionCalls ?? []).map((made) => ({
      name: made.functionName,
      arguments: (made.params ?? {}) as JsonObject,
    }));
    return {
      text: response.response,
      thought,
      toolCalls,
      finish: finishOf(response.metadata.stopReason, toolCalls.length),
      usage: {
        inputTokens: call.tokens.length,
        cachedTokens,
        outputTokens: sequence.tokenMeter.usedOutputTokens - usedBefore,
      },
    };
  } finally {
    chat.dispose({ disposeSequence: false });
  }
}

async function grammarOf(engine: Engine, { schema }: GenerateRequest) {
  if (schema === undefined) return {};
  // node-llama-cpp infers a TypeScript type from the schema's own; a schema that is data has none, so it passes as the simplest one.
  if (Object.keys(schema).length === 0) return { grammar: await engine.llama.getGrammarFor("json") };
  return { grammar: await engine.llama.createGrammarForJsonSchema(toGrammarSchema(schema) as { type: "object" }) };
}

/** Reads all of the prompt but its last token into the sequence; what the sequence holds already isn't read again. Returns how much that was. */
async function prefill(sequence: LlamaContextSequence, tokens: Token[], signal: AbortSignal): Promise<number> {
  const head = tokens.slice(0, -1);
  await sequence.adaptStateToTokens(head, false);
  const cached = sequence.nextTokenIndex;
  for (let start = cached; start < head.length; start += PREFILL_SLICE) {
    signal.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(head.slice(start, start + PREFILL_SLICE));
  }
  signal.throwIfAborted();
  return cached;
}

function finishOf(stopReason: string, toolCalls: number): GenerateResult["finish"] {
  if (toolCalls > 0) return "tool-calls";
  return stopReason === "maxTokens" ? "length" : "stop";
}

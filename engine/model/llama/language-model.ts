import { randomUUID } from "node:crypto";
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4Warning,
} from "@ai-sdk/provider";
import { HeddleError } from "../../lib/errors/error.ts";
import type { JsonSchema } from "../../lib/json.ts";
import { parseTyped } from "../schema-check.ts";
import type { LlamaModel } from "./llama-model.ts";
import type { CallListener } from "./model-process.ts";
import type { GenerateRequest, GenerateResult } from "./protocol.ts";

const DEFAULT_MAX_TOKENS = 1024;
const DEFAULT_SEED = 1;

/** The AI SDK's language model on a model process. One call is one step: tool calls are returned, never executed. */
export function llamaLanguageModel(model: LlamaModel): LanguageModelV4 {
  const modelId = model.definition.id;

  async function run(options: LanguageModelV4CallOptions, onDelta: CallListener["onDelta"]) {
    const request = toRequest(options);
    const result = await model.generate(request, { signal: options.abortSignal, onDelta });
    if (request.schema !== undefined) checkTyped(modelId, request, result);
    return result;
  }

  return {
    specificationVersion: "v4",
    provider: "heddle.llama",
    modelId,
    supportedUrls: {},
    async doGenerate(options): Promise<LanguageModelV4GenerateResult> {
      const result = await run(options, () => undefined);
      return {
        content: toContent(result),
        finishReason: finishReason(result),
        usage: usage(result),
        response: { modelId },
        warnings: warnings(options),
      };
    },
    async doStream(options) {
      return { stream: streamOf(options, run) };
    },
  };
}

type Run = (options: LanguageModelV4CallOptions, onDelta: CallListener["onDelta"]) => Promise<GenerateResult>;

function streamOf(options: LanguageModelV4CallOptions, run: Run): ReadableStream<LanguageModelV4StreamPart> {
  const stopped = new AbortController();
  const abortSignal = options.abortSignal ? AbortSignal.any([options.abortSignal, stopped.signal]) : stopped.signal;
  return new ReadableStream<LanguageModelV4StreamPart>({
    async start(controller) {
      const emit = (part: LanguageModelV4StreamPart) => {
        if (!stopped.signal.aborted) controller.enqueue(part);
      };
      const blocks = new StreamBlocks(emit);
      emit({ type: "stream-start", warnings: warnings(options) });
      try {
        const result = await run({ ...options, abortSignal }, (kind, text) => blocks.write(kind, text));
        blocks.close();
        for (const part of toContent({ ...result, text: "", thought: "" })) streamToolCall(part, emit);
        emit({ type: "finish", usage: usage(result), finishReason: finishReason(result) });
        if (!stopped.signal.aborted) controller.close();
      } catch (error) {
        if (!stopped.signal.aborted) controller.error(error);
      }
    },
    cancel() {
      stopped.abort();
    },
  });
}

/** Text and thought arrive in turns; each turn is a block with a start and an end. */
class StreamBlocks {
  readonly #emit: (part: LanguageModelV4StreamPart) => void;
  #open: { kind: "text" | "thought"; id: string } | undefined;
  #count = 0;

  constructor(emit: (part: LanguageModelV4StreamPart) => void) {
    this.#emit = emit;
  }

  write(kind: "text" | "thought", delta: string): void {
    if (this.#open?.kind !== kind) {
      this.close();
      this.#open = { kind, id: String(this.#count++) };
      this.#emit({ type: kind === "text" ? "text-start" : "reasoning-start", id: this.#open.id });
    }
    this.#emit({ type: kind === "text" ? "text-delta" : "reasoning-delta", id: this.#open.id, delta });
  }

  close(): void {
    if (this.#open) this.#emit({ type: this.#open.kind === "text" ? "text-end" : "reasoning-end", id: this.#open.id });
    this.#open = undefined;
  }
}

function streamToolCall(part: LanguageModelV4Content, emit: (part: LanguageModelV4StreamPart) => void): void {
  if (part.type !== "tool-call") return;
  emit({ type: "tool-input-start", id: part.toolCallId, toolName: part.toolName });
  emit({ type: "tool-input-delta", id: part.toolCallId, delta: part.input });
  emit({ type: "tool-input-end", id: part.toolCallId });
  emit(part);
}

function toRequest(options: LanguageModelV4CallOptions): GenerateRequest {
  const tools = options.toolChoice?.type === "none" ? [] : (options.tools ?? []);
  const format = options.responseFormat;
  if (tools.length > 0 && format?.type === "json") {
    throw new HeddleError("model.bad-request", {
      detail: "a call has either tools or a schema for its answer, not both",
    });
  }
  const lane = options.providerOptions?.heddle?.lane;
  return {
    prompt: options.prompt,
    tools: tools
      .filter((tool) => tool.type === "function")
      .map((tool) => ({
        name: tool.name,
        inputSchema: tool.inputSchema as JsonSchema,
        ...(tool.description !== undefined && { description: tool.description }),
      })),
    ...(format?.type === "json" && { schema: (format.schema ?? {}) as JsonSchema }),
    seed: toSeed(options.seed ?? DEFAULT_SEED),
    maxTokens: options.maxOutputTokens ?? DEFAULT_MAX_TOKENS,
    temperature: options.temperature ?? 0,
    ...(options.topP !== undefined && { topP: options.topP }),
    ...(options.topK !== undefined && { topK: options.topK }),
    stop: options.stopSequences ?? [],
    lane: typeof lane === "string" ? lane : "",
  };
}

/** llama.cpp's seeds have 32 bits, and the largest one means "take the time". */
function toSeed(seed: number): number {
  return Math.abs(Math.trunc(seed)) % 0xffff_ffff;
}

function checkTyped(model: string, { schema = {}, maxTokens }: GenerateRequest, result: GenerateResult): void {
  if (result.finish === "length") throw new HeddleError("model.output-cut", { model, limit: maxTokens });
  parseTyped(model, result.text, schema);
}

function warnings(options: LanguageModelV4CallOptions): SharedV4Warning[] {
  const unsupported = (feature: string): SharedV4Warning => ({ type: "unsupported", feature });
  const choice = options.toolChoice?.type;
  return [
    ...(options.presencePenalty !== undefined ? [unsupported("presencePenalty")] : []),
    ...(options.frequencyPenalty !== undefined ? [unsupported("frequencyPenalty")] : []),
    ...(choice === "required" || choice === "tool" ? [unsupported(`toolChoice ${choice}`)] : []),
    ...(options.tools?.some((tool) => tool.type === "provider") ? [unsupported("tools that a provider runs")] : []),
  ];
}

function toContent(result: Pick<GenerateResult, "text" | "thought" | "toolCalls">): LanguageModelV4Content[] {
  return [
    ...(result.thought === "" ? [] : [{ type: "reasoning" as const, text: result.thought }]),
    ...(result.text === "" ? [] : [{ type: "text" as const, text: result.text }]),
    ...result.toolCalls.map((call) => ({
      type: "tool-call" as const,
      toolCallId: `call-${randomUUID()}`,
      toolName: call.name,
      input: JSON.stringify(call.arguments),
    })),
  ];
}

function finishReason({ finish }: GenerateResult): LanguageModelV4FinishReason {
  return { unified: finish, raw: finish };
}

function usage({ usage: { inputTokens, cachedTokens, outputTokens } }: GenerateResult): LanguageModelV4Usage {
  return {
    inputTokens: {
      total: inputTokens,
      noCache: inputTokens - cachedTokens,
      cacheRead: cachedTokens,
      cacheWrite: undefined,
    },
    outputTokens: { total: outputTokens, text: outputTokens, reasoning: undefined },
  };
}

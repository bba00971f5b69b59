import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4ToolCall } from "@ai-sdk/provider";
import type { Usage } from "../../engine/node/operation.ts";

/** A model's whole answer, put together from its stream. */
export interface ModelReply {
  text: string;
  toolCalls: LanguageModelV4ToolCall[];
  finishReason: LanguageModelV4FinishReason["unified"];
  usage: Usage;
}

/** Who is told of a stream as it comes: pieces of text, and what the call cost, also when the answer then turns out to be wrong. */
export interface StreamListener {
  onText(delta: string): void;
  onUsage(usage: Usage): void;
}

/** Reads a model's stream to its end. @throws what the model reports as its error. */
export async function readStream(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  { onText, onUsage }: StreamListener,
): Promise<ModelReply> {
  const reply: ModelReply = {
    text: "",
    toolCalls: [],
    finishReason: "other",
    usage: { inputTokens: 0, outputTokens: 0 },
  };
  for await (const part of stream) {
    switch (part.type) {
      case "text-delta":
        reply.text += part.delta;
        onText(part.delta);
        break;
      case "tool-call":
        reply.toolCalls.push(part);
        break;
      case "finish":
        reply.finishReason = part.finishReason.unified;
        reply.usage = {
          inputTokens: part.usage.inputTokens.total ?? 0,
          outputTokens: part.usage.outputTokens.total ?? 0,
        };
        onUsage(reply.usage);
        break;
      case "error":
        throw part.error;
      default:
        // Other parts (reasoning, sources, metadata) have no place in a step's output.
        break;
    }
  }
  return reply;
}

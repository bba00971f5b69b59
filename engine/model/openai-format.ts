import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { z } from "zod";

/** The part of the OpenAI chat completions protocol that is served, as it stands on the wire. */
const textPartsSchema = z
  .union([z.string(), z.array(z.object({ type: z.literal("text"), text: z.string() }))])
  .transform((content) => (typeof content === "string" ? content : content.map((part) => part.text).join("")));
const toolCallSchema = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const messageSchema = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["system", "developer"]), content: textPartsSchema }),
  z.object({ role: z.literal("user"), content: textPartsSchema }),
  z.object({
    role: z.literal("assistant"),
    content: textPartsSchema.nullish(),
    tool_calls: z.array(toolCallSchema).nullish(),
  }),
  z.object({ role: z.literal("tool"), tool_call_id: z.string(), content: textPartsSchema }),
]);
const jsonSchema = z.record(z.string(), z.unknown());

export const chatRequestSchema = z.object({
  model: z.string(),
  messages: z.array(messageSchema).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().min(0).nullish(),
  top_p: z.number().nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  user: z.string().nullish(),
  tools: z
    .array(
      z.object({
        type: z.literal("function"),
        function: z.object({ name: z.string(), description: z.string().nullish(), parameters: jsonSchema.nullish() }),
      }),
    )
    .nullish(),
  tool_choice: z
    .union([z.enum(["auto", "none", "required"]), z.object({ function: z.object({ name: z.string() }) })])
    .nullish(),
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("text") }),
      z.object({ type: z.literal("json_object") }),
      z.object({
        type: z.literal("json_schema"),
        json_schema: z.object({ name: z.string().nullish(), schema: jsonSchema.nullish() }),
      }),
    ])
    .nullish(),
});
export type ChatRequest = z.output<typeof chatRequestSchema>;

/** A request of the protocol as a call of the AI SDK's language model. */
export function toCallOptions(request: ChatRequest, abortSignal: AbortSignal): LanguageModelV4CallOptions {
  const maxOutputTokens = request.max_completion_tokens ?? request.max_tokens;
  const stop = typeof request.stop === "string" ? [request.stop] : request.stop;
  const tools = request.tools ?? [];
  return {
    prompt: toPrompt(request.messages),
    abortSignal,
    ...(maxOutputTokens != null && { maxOutputTokens }),
    ...(request.temperature != null && { temperature: request.temperature }),
    ...(request.top_p != null && { topP: request.top_p }),
    ...(request.seed != null && { seed: request.seed }),
    ...(stop && { stopSequences: stop }),
    ...(tools.length > 0 && { tools: tools.map(toTool) }),
    ...(request.tool_choice && { toolChoice: toToolChoice(request.tool_choice) }),
    ...responseFormat(request.response_format),
    ...(request.user && { providerOptions: { heddle: { lane: request.user } } }),
  };
}

function toTool({ function: tool }: NonNullable<ChatRequest["tools"]>[number]) {
  return {
    type: "function" as const,
    name: tool.name,
    inputSchema: tool.parameters ?? { type: "object" as const, properties: {} },
    ...(tool.description != null && { description: tool.description }),
  };
}

function toToolChoice(choice: NonNullable<ChatRequest["tool_choice"]>) {
  return typeof choice === "string" ? { type: choice } : { type: "tool" as const, toolName: choice.function.name };
}

function responseFormat(format: ChatRequest["response_format"]): Pick<LanguageModelV4CallOptions, "responseFormat"> {
  if (!format || format.type === "text") return {};
  const schema = format.type === "json_schema" ? format.json_schema.schema : undefined;
  return { responseFormat: { type: "json", ...(schema && { schema }) } };
}

function toPrompt(messages: ChatRequest["messages"]): LanguageModelV4Message[] {
  const names = new Map(
    messages.flatMap((message) =>
      message.role === "assistant"
        ? (message.tool_calls ?? []).map((call) => [call.id, call.function.name] as const)
        : [],
    ),
  );
  return messages.map((message) => toMessage(message, names));
}

function toMessage(
  message: ChatRequest["messages"][number],
  names: ReadonlyMap<string, string>,
): LanguageModelV4Message {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: message.content };
    case "user":
      return { role: "user", content: [{ type: "text", text: message.content }] };
    case "assistant":
      return {
        role: "assistant",
        content: [
          ...(message.content ? [{ type: "text" as const, text: message.content }] : []),
          ...(message.tool_calls ?? []).map((call) => ({
            type: "tool-call" as const,
            toolCallId: call.id,
            toolName: call.function.name,
            input: parsedOrText(call.function.arguments),
          })),
        ],
      };
    case "tool": {
      const { tool_call_id: toolCallId, content } = message;
      const toolName = names.get(toolCallId) ?? "unknown";
      return {
        role: "tool",
        content: [{ type: "tool-result", toolCallId, toolName, output: { type: "text", value: content } }],
      };
    }
  }
}

function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const FINISH_REASONS: Partial<Record<LanguageModelV4FinishReason["unified"], string>> = {
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  length: "length",
};
export const finishReasonOf = ({ unified }: LanguageModelV4FinishReason): string => FINISH_REASONS[unified] ?? "stop";

export function usageOf({ inputTokens, outputTokens }: LanguageModelV4Usage) {
  const prompt = inputTokens.total ?? 0;
  const completion = outputTokens.total ?? 0;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: inputTokens.cacheRead ?? 0 },
  };
}

export function assistantMessage(content: readonly LanguageModelV4Content[]) {
  const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
  const calls = content.filter((part) => part.type === "tool-call");
  return {
    role: "assistant",
    content: calls.length > 0 && text === "" ? null : text,
    ...(calls.length > 0 && {
      tool_calls: calls.map((call) => ({
        id: call.toolCallId,
        type: "function",
        function: { name: call.toolName, arguments: call.input },
      })),
    }),
  };
}

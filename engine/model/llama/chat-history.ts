import type {
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider";
import type { ChatHistoryItem, ChatModelFunctionCall, ChatModelResponse } from "node-llama-cpp";
import { HeddleError } from "../../lib/errors/error.ts";

type ResultOf = ReadonlyMap<string, LanguageModelV4ToolResultPart>;

/**
 * The AI SDK's prompt as node-llama-cpp's chat history. Tool calls and their results, which are messages of their own in the
 * former, are one item inside the model's response in the latter, so that a conversation goes on after them.
 * @throws HeddleError `model.bad-request` for parts that a text model can't read
 */
export function toChatHistory(prompt: LanguageModelV4Prompt): ChatHistoryItem[] {
  const results = new Map(prompt.flatMap(toolResults).map((part) => [part.toolCallId, part]));
  const history: ChatHistoryItem[] = [];
  for (const message of prompt) {
    if (message.role === "system") history.push({ type: "system", text: message.content });
    else if (message.role === "user") history.push({ type: "user", text: userText(message) });
    else if (message.role === "assistant") addResponse(history, responseItems(message, results));
  }
  return history;
}

function toolResults(message: LanguageModelV4Message): LanguageModelV4ToolResultPart[] {
  if (message.role !== "tool") return [];
  return message.content.filter((part) => part.type === "tool-result");
}

/** Responses in a row (one model call after another) are one response with several items. */
function addResponse(history: ChatHistoryItem[], items: ChatModelResponse["response"]): void {
  const last = history.at(-1);
  if (last?.type === "model") last.response.push(...items);
  else history.push({ type: "model", response: items });
}

function userText(message: Extract<LanguageModelV4Message, { role: "user" }>): string {
  return message.content.map((part) => (part.type === "text" ? part.text : refuse(part.type))).join("");
}

function responseItems(
  message: Extract<LanguageModelV4Message, { role: "assistant" }>,
  results: ResultOf,
): ChatModelResponse["response"] {
  let startsNewChunk = true;
  return message.content.flatMap((part): ChatModelResponse["response"] => {
    if (part.type === "text") return part.text === "" ? [] : [part.text];
    if (part.type === "reasoning") return [{ type: "segment", segmentType: "thought", text: part.text, ended: true }];
    if (part.type !== "tool-call") return refuse(part.type);
    const call: ChatModelFunctionCall = {
      type: "functionCall",
      name: part.toolName,
      params: part.input,
      result: resultValue(results.get(part.toolCallId)?.output),
      startsNewChunk,
    };
    startsNewChunk = false;
    return [call];
  });
}

/** Text that is JSON is given as JSON: models were trained to read results that way. */
function resultValue(output: LanguageModelV4ToolResultOutput | undefined): unknown {
  if (output === undefined) return { error: "no result" };
  if (output.type === "text") return parsedOrText(output.value);
  if (output.type === "json") return output.value;
  if (output.type === "error-text" || output.type === "error-json") return { error: output.value };
  if (output.type === "execution-denied") return { error: output.reason ?? "denied by the user" };
  return parsedOrText(output.value.map((part) => (part.type === "text" ? part.text : refuse(part.type))).join("\n"));
}

function parsedOrText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : text;
  } catch {
    return text;
  }
}

function refuse(kind: string): never {
  throw new HeddleError("model.bad-request", { detail: `it reads text only, not a part of kind “${kind}”` });
}

import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import type { SerializedError } from "../../lib/errors/error.ts";
import type { JsonObject, JsonSchema } from "../../lib/json.ts";

/** The messages between the host and a model process. Plain data: Node's IPC channel carries it as JSON. */

export interface LoadRequest {
  id: string;
  path: string;
  gpu: "auto" | false;
  contextSize?: number;
  sequences?: number;
  threads?: number;
}

export interface ToolSpec {
  name: string;
  description?: string;
  inputSchema: JsonSchema;
}

/** One model call. Every call has a seed and a limit. */
export interface GenerateRequest {
  prompt: LanguageModelV4Prompt;
  tools: ToolSpec[];
  /** The answer is JSON of this schema, or any JSON when the schema is empty. */
  schema?: JsonSchema;
  seed: number;
  maxTokens: number;
  temperature: number;
  topP?: number;
  topK?: number;
  stop: string[];
  /** Calls of one lane wait for each other; lanes take turns. */
  lane: string;
}

export interface ToolCallMade {
  name: string;
  arguments: JsonObject;
}

export interface GenerateResult {
  text: string;
  thought: string;
  toolCalls: ToolCallMade[];
  finish: "stop" | "length" | "tool-calls";
  usage: { inputTokens: number; cachedTokens: number; outputTokens: number };
}

export interface LoadedModel {
  device: string;
  contextSize: number;
  sequences: number;
}

export type ToProcess =
  | { type: "load"; request: LoadRequest }
  | { type: "generate"; call: number; request: GenerateRequest }
  | { type: "abort"; call: number };

export type FromProcess =
  | { type: "loaded"; model: LoadedModel }
  | { type: "load-failed"; error: SerializedError }
  | { type: "delta"; call: number; kind: "text" | "thought"; text: string }
  | { type: "done"; call: number; result: GenerateResult }
  | { type: "failed"; call: number; error: SerializedError }
  | { type: "aborted"; call: number }
  /** Resident memory in bytes. */
  | { type: "memory"; bytes: number };

import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { JsonObject, JsonSchema, JsonValue } from "../lib/json.ts";

/** A tool that an agent may call, wherever it comes from. */
export interface Tool {
  /** Unique among the tools offered to one agent. */
  name: string;
  server: string;
  description: string;
  inputSchema: JsonSchema;
  outputSchema?: JsonSchema;
}

/** `content` is what the tool said as text, for a model to read; `value` its structured result where it gave one, else the text. */
export interface ToolResult {
  content: string;
  value: JsonValue;
}

export interface ToolService {
  /** The tools of a server, all or the named ones. Starts the server when needed. @throws HeddleError `tool.*` */
  list(server: string, names?: readonly string[], signal?: AbortSignal): Promise<Tool[]>;
  /** @throws HeddleError `tool.failed`, `tool.timeout`, `tool.unknown`, `tool.server-unavailable` */
  call(request: ToolRequest): Promise<ToolResult>;
}

export interface ToolRequest {
  server: string;
  tool: string;
  arguments: JsonObject;
  signal: AbortSignal;
  /** Sent along as `_meta.idempotencyKey`, so that a server can recognise a repeated call. */
  idempotencyKey: string;
}

export interface ModelService {
  /** The model behind a role or an id. @throws HeddleError `model.unknown` and, when called, `model.*` */
  language(roleOrId: string): LanguageModelV4;
}

export interface SandboxRequest {
  /** TypeScript source: the body of a module that has `export default function (input) {…}`, or plain statements ending in `return`. */
  source: string;
  input: JsonValue;
  /** milliseconds */
  timeLimit: number;
  /** bytes */
  memoryLimit: number;
  /** Where `Math.random` begins; the same seed gives the same numbers. Left out: any. */
  seed?: number;
  /** The time that stands still while the code runs, in ms since 1970. Left out: now. */
  now?: number;
  signal: AbortSignal;
}

export interface Sandbox {
  /** Runs code with no ambient authority. @throws HeddleError `code.*` with the line in the author's source. */
  run(request: SandboxRequest): Promise<{ value: JsonValue; logs: string[] }>;
}

export interface SecretService {
  /** @throws HeddleError `secret.missing` */
  get(name: string): Promise<string>;
}

/** Starts runs of other flows that go on by themselves. */
export interface FlowService {
  /** The same key starts one run only. Returns the run's id. @throws HeddleError `not-found`, `run.not-runnable` */
  start(request: { flow: string; input: JsonValue; idempotencyKey: string; signal: AbortSignal }): Promise<string>;
}

/** Files of the project. Paths are relative to its folder and can't leave it. */
export interface FileService {
  /** `limit`: bytes at most, refused before anything is read. @throws HeddleError `file.*` */
  read(path: string, signal: AbortSignal, limit?: number): Promise<Uint8Array>;
  /** @throws HeddleError `file.*` */
  write(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  /** Files that match a glob, as sorted relative paths with “/”. @throws HeddleError `file.outside` */
  list(glob: string, signal: AbortSignal): Promise<string[]>;
  /** The absolute path, for what opens files itself (SQLite). @throws HeddleError `file.outside` */
  resolve(path: string): string;
}

/** All effects that a node may use. The composition root provides them; tests provide real ones too. */
export interface NodeServices {
  models: ModelService;
  tools: ToolService;
  sandbox: Sandbox;
  secrets: SecretService;
  fetch: typeof fetch;
  flows: FlowService;
  files: FileService;
}

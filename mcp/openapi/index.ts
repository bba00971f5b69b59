import { createHash } from "node:crypto";
import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonSchema } from "../../engine/lib/json.ts";
import { openApiSourceOf, type OpenApiSource } from "../../engine/node/openapi-source.ts";
import type {
  FileService,
  SecretService,
  Tool,
  ToolRequest,
  ToolResult,
  ToolService,
} from "../../engine/node/services.ts";
import { send } from "./call.ts";
import type { ApiDocument } from "./document.ts";
import type { Operation } from "./operations.ts";
import { toRequest, type ApiRequest } from "./request.ts";

export interface OpenApiOptions {
  files: FileService;
  secrets: SecretService;
  fetch: typeof fetch;
  /** milliseconds that a call may take */
  callTimeout?: number;
}

const CALL_TIMEOUT = 60_000;
const DOCUMENT_LIMIT = 10 * 1024 * 1024;
/** How long the document of an address is taken for unchanged. */
const FRESH = 60_000;

/**
 * Tools for APIs that OpenAPI documents describe, beside those of MCP servers: servers whose name says that they are an OpenAPI document are
 * answered here, all others by `others`.
 */
export function withOpenApi(others: ToolService, options: OpenApiOptions): ToolService {
  const apis = new OpenApiTools(options);
  return {
    async list(server, names, signal) {
      const source = openApiSourceOf(server);
      return source ? apis.list(server, source, names, signal) : others.list(server, names, signal);
    },
    async call(request) {
      const source = openApiSourceOf(request.server);
      return source ? apis.call(request, source) : others.call(request);
    },
  };
}

class OpenApiTools {
  readonly #options: OpenApiOptions;
  readonly #read = new Map<string, Promise<ApiDocument>>();
  readonly #fetched = new Map<string, { at: number; text: Promise<string> }>();

  constructor(options: OpenApiOptions) {
    this.#options = options;
  }

  async list(server: string, source: OpenApiSource, names?: readonly string[], signal?: AbortSignal): Promise<Tool[]> {
    const { operations } = await this.#document(source, signal);
    const wanted = names ? names.map((name) => find(operations, server, name)) : operations;
    return wanted.map(({ name, description, inputSchema, outputSchema }) => ({
      name,
      server,
      description,
      inputSchema,
      ...(outputSchema && { outputSchema }),
    }));
  }

  async call(request: ToolRequest, source: OpenApiSource): Promise<ToolResult> {
    const document = await this.#document(source, request.signal);
    const operation = find(document.operations, request.server, request.tool);
    const problem = misfit(operation.inputSchema, request.arguments);
    if (problem !== undefined) {
      const detail = `the arguments don’t fit: ${problem}`;
      throw new HeddleError("tool.failed", { server: request.server, tool: request.tool, detail });
    }
    const made = toRequest(operation, request.arguments, serverOf(document, source));
    const carriesSecrets = await this.#addSecrets(made, source);
    const { fetch, callTimeout = CALL_TIMEOUT } = this.#options;
    return send(made, request, { fetch, timeout: callTimeout, carriesSecrets });
  }

  async #addSecrets(
    { headers, url }: ApiRequest,
    { secretHeaders = {}, secretQuery = {} }: OpenApiSource,
  ): Promise<boolean> {
    for (const [name, text] of Object.entries(secretHeaders)) headers.set(name, await this.#fill(text));
    for (const [name, text] of Object.entries(secretQuery)) url.searchParams.set(name, await this.#fill(text));
    return Object.keys(secretHeaders).length + Object.keys(secretQuery).length > 0;
  }

  async #fill(text: string): Promise<string> {
    const names = new Set([...text.matchAll(SECRET)].map((match) => match[1]!));
    const values = new Map<string, string>();
    for (const name of names) values.set(name, await this.#options.secrets.get(name));
    return text.replace(SECRET, (_place, name: string) => values.get(name) ?? "");
  }

  /** Read once for each state of its text. */
  async #document({ document }: OpenApiSource, signal?: AbortSignal): Promise<ApiDocument> {
    const text = isAddress(document) ? await this.#fetchText(document) : await this.#fileText(document, signal);
    const key = `${document} ${createHash("sha256").update(text).digest("hex")}`;
    const known = this.#read.get(key) ?? parse(text, document);
    this.#read.set(key, known);
    known.catch(() => this.#read.delete(key));
    return known;
  }

  async #fileText(path: string, signal: AbortSignal = new AbortController().signal): Promise<string> {
    return new TextDecoder().decode(await this.#options.files.read(path, signal, DOCUMENT_LIMIT));
  }

  #fetchText(address: string): Promise<string> {
    const known = this.#fetched.get(address);
    if (known && Date.now() - known.at < FRESH) return known.text;
    const text = this.#download(address);
    this.#fetched.set(address, { at: Date.now(), text });
    text.catch(() => this.#fetched.delete(address));
    return text;
  }

  async #download(address: string): Promise<string> {
    const fail = (detail: string, cause?: unknown) =>
      new HeddleError("openapi.unreadable", { document: address, detail }, { cause, retryable: true });
    try {
      const response = await this.#options.fetch(address, { signal: AbortSignal.timeout(30_000) });
      if (!response.ok) throw fail(`the server answered ${response.status}`);
      return await response.text();
    } catch (cause) {
      throw cause instanceof HeddleError ? cause : fail("its server can’t be reached", cause);
    }
  }
}

/** The library that checks documents is large, and most projects have none. */
async function parse(text: string, document: string): Promise<ApiDocument> {
  const { readDocument } = await import("./document.ts");
  return readDocument(text, document);
}

const SECRET = /\{\{\s*secrets\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;
const isAddress = (document: string) => /^https?:\/\//i.test(document);

function find(operations: readonly Operation[], server: string, tool: string): Operation {
  const found = operations.find(({ name }) => name === tool);
  const known = operations.map(({ name }) => name).join(", ");
  if (!found) throw new HeddleError("tool.unknown", { server, tool, known });
  return found;
}

/** A server address may be relative to where the document lies. */
function serverOf({ server }: ApiDocument, { baseUrl, document }: OpenApiSource): string {
  const written = baseUrl?.trim() || server;
  const base = isAddress(document) ? document : undefined;
  if (written !== undefined && URL.canParse(written, base)) {
    const url = new URL(written, base);
    if (url.protocol === "http:" || url.protocol === "https:") return url.href;
  }
  if (written === undefined && base !== undefined) return new URL(base).origin;
  throw new HeddleError("openapi.no-server", { document });
}

function misfit(schema: JsonSchema, value: JsonObject): string | undefined {
  const checked = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value);
  const [first] = checked.error?.issues ?? [];
  return first && (first.path.length > 0 ? `${first.path.join(".")}: ${first.message}` : first.message);
}

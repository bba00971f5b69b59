import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import type { HttpConfig } from "./http-request.ts";

const SAFE_METHODS: readonly string[] = ["GET", "HEAD"];
const MEGABYTE = 1024 * 1024;

/**
 * Sends one request and reads its answer.
 * @throws HeddleError `http.*`: 4xx are final, 5xx, 408, 429 and network trouble may be tried again.
 */
export async function sendRequest(config: HttpConfig, ctx: StepContext): Promise<JsonObject> {
  const url = requestUrl(config);
  const shown = withoutCredentials(url);
  const body = requestBody(config);
  const headers = await requestHeaders(config, ctx, body?.type);
  const timeout = AbortSignal.timeout(config.timeout * 1000);
  try {
    const response = await ctx.fetch(url, {
      method: config.method,
      headers,
      ...(body && { body: body.text }),
      redirect: carriesSecrets(config) ? "manual" : "follow",
      signal: AbortSignal.any([ctx.signal, timeout]),
    });
    const text = await readLimited(response, config.maxSize, shown);
    checkStatus(response, text, config, shown);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: readBody(response, text, config, shown),
    };
  } catch (cause) {
    if (cause instanceof HeddleError || ctx.signal.aborted) throw cause;
    if (timeout.aborted) throw new HeddleError("http.timeout", { url: shown, limit: config.timeout }, { cause });
    throw new HeddleError("http.network", { url: shown, detail: reason(cause) }, { cause });
  }
}

function requestUrl(config: HttpConfig): URL {
  const text = config.url.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new HeddleError("http.bad-url", { url: text });
  for (const [name, value] of Object.entries(config.query ?? {})) {
    if (value !== "") url.searchParams.append(name, value);
  }
  return url;
}

function withoutCredentials(url: URL): string {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  shown.search = "";
  return shown.href;
}

function requestBody(config: HttpConfig): { text: string; type: string } | undefined {
  const { body, method } = config;
  if (body === undefined || body === null || SAFE_METHODS.includes(method)) return undefined;
  if (typeof body === "string") return { text: body, type: "text/plain; charset=utf-8" };
  return { text: JSON.stringify(body), type: "application/json" };
}

async function requestHeaders(config: HttpConfig, ctx: StepContext, bodyType: string | undefined): Promise<Headers> {
  const headers = new Headers();
  if (bodyType) headers.set("content-type", bodyType);
  if (!SAFE_METHODS.includes(config.method)) headers.set("idempotency-key", ctx.idempotencyKey);
  for (const [name, value] of Object.entries(config.headers ?? {})) setHeader(headers, name, value);
  for (const [name, text] of Object.entries(config.secretHeaders ?? {})) {
    setHeader(headers, name, await withSecrets(name, text, ctx));
  }
  return headers;
}

/** The value is kept out of the message: it may be a secret. */
function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name.trim(), value.trim());
  } catch (cause) {
    throw new HeddleError(
      "http.bad-header",
      { name, detail: "its name or value has characters that HTTP forbids" },
      { cause },
    );
  }
}

const SECRET = /\{\{\s*secrets\.([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/** Puts secrets in their places. The text comes from the flow's author alone: results of earlier steps can't reach it. */
async function withSecrets(header: string, text: string, ctx: StepContext): Promise<string> {
  const values = new Map<string, string>();
  for (const [, name] of text.matchAll(SECRET)) values.set(name!, await ctx.secrets.get(name!));
  const filled = text.replace(SECRET, "");
  if (filled.includes("{{"))
    throw new HeddleError("http.bad-header", {
      name: header,
      detail: "only {{ secrets.NAME }} may stand between braces",
    });
  return text.replace(SECRET, (_place, name: string) => values.get(name) ?? "");
}

async function readLimited(response: Response, limit: number, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, so that the rest is never downloaded.
    if (size > limit * MEGABYTE) throw new HeddleError("http.too-large", { url, limit });
    chunks.push(chunk);
  }
  return new TextDecoder(charset(response)).decode(Buffer.concat(chunks));
}

function charset(response: Response): string {
  const named = /charset="?([\w-]+)"?/i.exec(response.headers.get("content-type") ?? "")?.[1];
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return "utf-8";
  }
}

/** A redirect would hand the secrets to whoever it names. */
function carriesSecrets(config: HttpConfig): boolean {
  return Object.keys(config.secretHeaders ?? {}).length > 0;
}

function checkStatus(response: Response, text: string, config: HttpConfig, url: string): void {
  const target = response.headers.get("location");
  if (carriesSecrets(config) && response.status >= 300 && response.status < 400 && target !== null) {
    throw new HeddleError("http.redirected", { url, target });
  }
  if (response.status < 400 || config.acceptAnyStatus) return;
  const { status } = response;
  const detail = text.replace(/\s+/g, " ").trim().slice(0, 300) || response.statusText || "no details";
  const retryable = status >= 500 || status === 408 || status === 429;
  throw new HeddleError("http.status", { url, status, detail }, { retryable });
}

function readBody(response: Response, text: string, config: HttpConfig, url: string): JsonValue {
  if (config.response === "text" || text === "") return text;
  const saysJson = /[/+]json\b/i.test(response.headers.get("content-type") ?? "");
  if (config.response === "auto" && !saysJson) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new HeddleError("http.not-json", { url, detail: reason(cause) }, { cause });
  }
}

/** fetch hides the reason one level down: “fetch failed” because of ECONNREFUSED. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause;
  if (inner instanceof Error) return "code" in inner && typeof inner.code === "string" ? inner.code : inner.message;
  return error.message;
}

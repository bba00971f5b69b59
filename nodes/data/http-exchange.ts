import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { StepContext } from "../../engine/node/operation.ts";

const MEGABYTE = 1024 * 1024;
/** Beyond this a server asks for more patience than a step's retry can have. */
const LONGEST_PAUSE = 3600;

/** One request as it is sent. */
export interface HttpCall {
  method: string;
  url: URL;
  headers: Headers;
  body?: string;
  /** seconds */
  timeout: number;
  /** MB that an answer may have */
  maxSize: number;
  /** A redirect would hand the secrets to whoever it names. */
  carriesSecrets: boolean;
  /** 4xx and 5xx are answers too. */
  acceptAnyStatus?: boolean;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
}

/**
 * Sends one request and takes its answer.
 * @throws HeddleError `http.*`: 4xx are final, 5xx, 408, 429 and network trouble may be tried again. Where the server says when, `retryAfter`
 * among the error's params holds the seconds.
 */
export async function exchange(call: HttpCall, ctx: StepContext): Promise<HttpAnswer> {
  const shown = withoutCredentials(call.url);
  const timeout = AbortSignal.timeout(call.timeout * 1000);
  try {
    const response = await ctx.fetch(call.url, {
      method: call.method,
      headers: call.headers,
      ...(call.body !== undefined && { body: call.body }),
      redirect: call.carriesSecrets ? "manual" : "follow",
      signal: AbortSignal.any([ctx.signal, timeout]),
    });
    const bytes = await readLimited(response, call.maxSize, shown);
    checkStatus(response, bytes, { ...call, shown });
    return { status: response.status, headers: response.headers, bytes };
  } catch (cause) {
    if (cause instanceof HeddleError || ctx.signal.aborted) throw cause;
    if (timeout.aborted) throw new HeddleError("http.timeout", { url: shown, limit: call.timeout }, { cause });
    throw new HeddleError("http.network", { url: shown, detail: reason(cause) }, { cause });
  }
}

/** @throws HeddleError `http.bad-url` for what isn't a web address; `shown` stands in the message. */
export function webAddress(text: string, shown = text): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new HeddleError("http.bad-url", { url: shown });
  return url;
}

/** An address as messages may show it. */
export function withoutCredentials(url: URL): string {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  shown.search = "";
  return shown.href;
}

/** Bytes as text, in the encoding that the answer names. */
export function bodyText({ headers, bytes }: HttpAnswer): string {
  const named = /charset="?([\w-]+)"?/i.exec(headers.get("content-type") ?? "")?.[1];
  return new TextDecoder(knownEncoding(named)).decode(bytes);
}

function knownEncoding(named: string | undefined): string {
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return "utf-8";
  }
}

async function readLimited(response: Response, limit: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, so that the rest is never downloaded.
    if (size > limit * MEGABYTE) throw new HeddleError("http.too-large", { url, limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function checkStatus(
  response: Response,
  bytes: Uint8Array,
  { shown, carriesSecrets, acceptAnyStatus }: HttpCall & { shown: string },
): void {
  const { status, headers } = response;
  const target = headers.get("location");
  if (carriesSecrets && status >= 300 && status < 400 && target !== null)
    throw new HeddleError("http.redirected", { url: shown, target });
  if (status < 400 || acceptAnyStatus) return;
  const words = bodyText({ status, headers, bytes }).replace(/\s+/g, " ").trim();
  const detail = words.slice(0, 300) || response.statusText || "no details";
  const retryable = status >= 500 || status === 408 || status === 429;
  const pause = retryable ? retryAfter(headers) : undefined;
  const params = { url: shown, status, detail, ...(pause !== undefined && { retryAfter: pause }) };
  throw new HeddleError("http.status", params, { retryable });
}

/** Seconds, from a number of them or from a date (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), LONGEST_PAUSE);
}

/** fetch hides the reason one level down: “fetch failed” because of ECONNREFUSED. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause;
  if (inner instanceof Error) return "code" in inner && typeof inner.code === "string" ? inner.code : inner.message;
  return error.message;
}

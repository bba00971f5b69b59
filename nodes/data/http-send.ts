import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { fillSecrets } from "../secret-text.ts";
import { bodyText, exchange, reason, webAddress, withoutCredentials, type HttpAnswer } from "./http-exchange.ts";
import type { HttpConfig } from "./http-request.ts";

const BODILESS: readonly string[] = ["GET", "HEAD"];

/** Sends the step's request and reads the answer as it is set up. @throws HeddleError `http.*`, `file.*`, `secret.missing` */
export async function sendRequest(config: HttpConfig, ctx: StepContext): Promise<JsonObject> {
  const url = requestUrl(config);
  const body = requestBody(config);
  const answer = await exchange(
    {
      method: config.method,
      url,
      headers: await requestHeaders(config, ctx, body?.type),
      ...(body && { body: body.text }),
      timeout: config.timeout,
      maxSize: config.maxSize,
      carriesSecrets: Object.keys(config.secretHeaders ?? {}).length > 0,
      acceptAnyStatus: config.acceptAnyStatus,
    },
    ctx,
  );
  const { status, headers } = answer;
  return { status, headers: Object.fromEntries(headers), body: await readBody(answer, config, { url, ctx }) };
}

function requestUrl(config: HttpConfig): URL {
  const url = webAddress(config.url.trim());
  for (const [name, value] of Object.entries(config.query ?? {})) {
    if (value !== "") url.searchParams.append(name, value);
  }
  return url;
}

function requestBody({ body, method }: HttpConfig): { text: string; type: string } | undefined {
  if (body === undefined || body === null || BODILESS.includes(method)) return undefined;
  if (typeof body === "string") return { text: body, type: "text/plain; charset=utf-8" };
  return { text: JSON.stringify(body), type: "application/json" };
}

async function requestHeaders(config: HttpConfig, ctx: StepContext, bodyType: string | undefined): Promise<Headers> {
  const headers = new Headers({ "idempotency-key": ctx.idempotencyKey });
  if (bodyType) headers.set("content-type", bodyType);
  for (const [name, value] of Object.entries(config.headers ?? {})) setHeader(headers, name, value);
  for (const [name, text] of Object.entries(config.secretHeaders ?? {})) {
    const filled = await fillSecrets(text, ctx.secrets);
    if (filled === undefined)
      throw new HeddleError("http.bad-header", { name, detail: "only {{ secrets.NAME }} may stand between braces" });
    setHeader(headers, name, filled);
  }
  return headers;
}

/** The value is kept out of the message: it may be a secret. */
function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name.trim(), value.trim());
  } catch (cause) {
    const detail = "its name or value has characters that HTTP forbids";
    throw new HeddleError("http.bad-header", { name, detail }, { cause });
  }
}

async function readBody(
  answer: HttpAnswer,
  config: HttpConfig,
  { url, ctx }: { url: URL; ctx: StepContext },
): Promise<JsonValue> {
  const type = answer.headers.get("content-type") ?? "";
  if (config.response === "file") {
    const path = config.saveTo ?? "";
    await ctx.files.write(path, answer.bytes, ctx.signal);
    return { path, size: answer.bytes.byteLength, type };
  }
  if (config.response === "auto" && isBinary(type, answer.bytes))
    return { base64: Buffer.from(answer.bytes).toString("base64"), size: answer.bytes.byteLength, type };
  const text = bodyText(answer);
  if (config.response === "text" || text === "") return text;
  if (config.response === "auto" && !/[/+]json\b/i.test(type)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new HeddleError("http.not-json", { url: withoutCredentials(url), detail: reason(cause) }, { cause });
  }
}

const TEXTUAL = /^text\/|[/+](?:json|xml|yaml|javascript|csv|x-www-form-urlencoded)\b/i;

/** What isn't said to be text, and holds bytes that no text has. */
function isBinary(type: string, bytes: Uint8Array): boolean {
  if (TEXTUAL.test(type) || /charset=/i.test(type)) return false;
  return (
    /^(?:image|audio|video|font)\/(?!svg)|^application\/(?:pdf|zip|gzip|octet-stream)/i.test(type) || bytes.includes(0)
  );
}

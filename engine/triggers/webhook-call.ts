import { HeddleError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";

/** A call of a webhook's address, whatever server took it. */
export interface WebhookCall {
  method: string;
  /** Behind `/hooks/`: `<flow>/<path>`. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
}

/** Headers that name one delivery: a service that sends it again sends the same. */
const DELIVERY_HEADERS = [
  "idempotency-key",
  "webhook-id",
  "x-github-delivery",
  "x-shopify-webhook-id",
  "x-delivery-id",
];

/** Never part of a run's input, which is recorded. */
const PRIVATE_HEADERS = ["authorization", "proxy-authorization", "cookie"];

export function deliveryOf({ headers }: WebhookCall): string | undefined {
  return DELIVERY_HEADERS.map((name) => headers[name]).find((value) => value !== undefined && value !== "");
}

/** What the flow gets of a call. `secretHeader` is left out too. @throws HeddleError `trigger.body` */
export function inputOf(call: WebhookCall, secretHeader: string | undefined): JsonObject {
  const hidden = new Set([...PRIVATE_HEADERS, ...(secretHeader === undefined ? [] : [secretHeader])]);
  const headers = Object.fromEntries(Object.entries(call.headers).filter(([name]) => !hidden.has(name)));
  return { body: bodyOf(call), headers, query: call.query, method: call.method };
}

/** JSON and forms are read, anything else is text; no body is null. */
function bodyOf({ headers, body }: WebhookCall): JsonValue {
  if (body.length === 0) return null;
  const type = (headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  const text = body.toString("utf8");
  if (type === FORM && !isMeantAsJson(text)) return Object.fromEntries(new URLSearchParams(text));
  if (type !== FORM && type !== "application/json" && !type.endsWith("+json")) return text;
  return readJson(text);
}

const FORM = "application/x-www-form-urlencoded";

/** `curl -d '{…}'` calls everything a form. What makes forms writes these signs as `%7B` and `%5B`. */
const isMeantAsJson = (text: string): boolean => /^\s*[{[]/.test(text);

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new HeddleError("trigger.body", { type: "JSON", detail: (cause as Error).message }, { cause });
  }
}

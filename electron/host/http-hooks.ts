import type { IncomingMessage, ServerResponse } from "node:http";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import type { WebhookCall } from "../../engine/triggers/webhook-call.ts";
import { allowedBy } from "../../engine/triggers/webhook-methods.ts";
import type { HostContext } from "./context.ts";
import { readBody } from "./read-body.ts";

export const HOOKS_PATH = "/hooks/";

/** Answers a call of a webhook's address, in JSON. */
export async function answerHook(
  context: HostContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  try {
    refusePages(request);
    const triggers = await context.workspace().triggers();
    const answer = await triggers.call(await callOf(request), gone.signal);
    if (answer.runId !== undefined) response.setHeader("x-heddle-run", answer.runId);
    send(response, answer.status, answer.body);
  } catch (thrown) {
    const error = HeddleError.from(thrown);
    if (error.code === "internal") context.report(thrown);
    const allowed = allowedBy(error);
    if (allowed !== undefined) response.setHeader("allow", allowed);
    send(response, error.status, { error: error.toJSON() });
  }
}

/** Any page that a person has open could call an address on their own computer; programs send no such headers. */
function refusePages({ headers }: IncomingMessage): void {
  const site = headers["sec-fetch-site"];
  if (headers.origin !== undefined || (site !== undefined && site !== "none"))
    throw new HeddleError("trigger.from-page");
}

async function callOf(request: IncomingMessage): Promise<WebhookCall> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
  return {
    method: request.method ?? "GET",
    path: decoded(pathname.slice(HOOKS_PATH.length)),
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : (value ?? ""),
      ]),
    ),
    body: await readBody(request),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function send(response: ServerResponse, status: number, body: JsonValue): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(`${JSON.stringify(body)}\n`);
}

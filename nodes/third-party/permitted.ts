import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import type { Handler } from "../isolated/channel.ts";
import type { Permissions } from "./declaration.ts";
import type { WireRequest, WireResponse } from "./guest/guest-context.ts";

/** The step that a process works on: what its calls act for. */
export interface Job {
  origin: string;
  permissions: Permissions;
  ctx: StepContext;
  log(line: string): void;
}

const ANSWER_LIMIT = 20 * 1024 * 1024;
const FILE_LIMIT = 50 * 1024 * 1024;
const MAX_REDIRECTS = 5;

/** What a node's process may ask of the host, each within what the node declares. Nothing while it works on no step. */
export function permittedCalls(current: () => Job | undefined): Readonly<Record<string, Handler>> {
  const job = (): Job => {
    const found = current();
    if (!found) throw new Error("no step is running");
    return found;
  };
  const files = (need: "read" | "write") => {
    const { permissions, ctx, origin } = job();
    const allowed = permissions.files === "write" || permissions.files === need;
    if (!allowed) throw new HeddleError("third-party.denied", { origin, what: `${need} files` });
    return ctx.files;
  };
  return {
    log: ([line]) => current()?.log(String(line).slice(0, 2000)),
    emit: ([text]) => job().ctx.emit(String(text)),
    fetch: ([request], signal) => send(job(), request as WireRequest, signal),
    secret: ([name]) => {
      const { permissions, ctx, origin } = job();
      const wanted = String(name);
      if (!permissions.secrets.includes(wanted))
        throw new HeddleError("third-party.denied", { origin, what: `read the secret “${wanted}”` });
      return ctx.secrets.get(wanted);
    },
    read: ([path], signal) => files("read").read(String(path), signal, FILE_LIMIT),
    list: ([pattern], signal) => files("read").list(String(pattern), signal),
    write: ([path, bytes], signal) => files("write").write(String(path), bytes as Uint8Array, signal),
  };
}

/** Sends a request; each address that it is passed on to has to be permitted too. */
async function send(job: Job, request: WireRequest, signal: AbortSignal): Promise<WireResponse> {
  let { url, method, body } = request;
  const headers = new Headers(request.headers);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    requireHost(job, url);
    const content = body && new Uint8Array(body);
    const response = await job.ctx.fetch(url, {
      method,
      headers,
      ...(content && { body: content }),
      redirect: "manual",
      signal: AbortSignal.any([signal, job.ctx.signal]),
    });
    const target = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    if (target === null) return answer(response, url);
    await response.body?.cancel();
    const next = new URL(target, url);
    if (next.origin !== new URL(url).origin) for (const name of ["authorization", "cookie"]) headers.delete(name);
    if (response.status === 303 || (method === "POST" && response.status < 303)) {
      method = "GET";
      body = undefined;
      for (const name of ["content-type", "content-length"]) headers.delete(name);
    }
    url = next.href;
  }
  throw new Error(`${request.url} passes callers on more than ${MAX_REDIRECTS} times`);
}

function requireHost({ permissions, origin }: Job, address: string): void {
  const { protocol, hostname } = new URL(address);
  const isWeb = protocol === "http:" || protocol === "https:";
  if (isWeb && permissions.network.some((pattern) => matchesHost(pattern, hostname))) return;
  throw new HeddleError("third-party.denied", { origin, what: `call ${hostname || protocol}` });
}

function matchesHost(pattern: string, host: string): boolean {
  if (pattern === "*" || pattern === host) return true;
  return pattern.startsWith("*.") && host.endsWith(pattern.slice(1));
}

async function answer(response: Response, url: string): Promise<WireResponse> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_LIMIT) throw new HeddleError("http.too-large", { url, limit: ANSWER_LIMIT / 1024 / 1024 });
    chunks.push(chunk);
  }
  const { status, statusText } = response;
  // The body comes unpacked, whatever it was sent as.
  const headers = [...response.headers].filter(([name]) => name !== "content-encoding" && name !== "content-length");
  return { status, statusText, url, headers, body: Buffer.concat(chunks) };
}

import type { Channel } from "../../isolated/channel.ts";
import type { NodeContext } from "./kit.ts";

/** A request as it travels to the host, which sends it. */
export interface WireRequest {
  url: string;
  method: string;
  headers: [string, string][];
  body?: Uint8Array;
}
export interface WireResponse {
  status: number;
  statusText: string;
  url: string;
  headers: [string, string][];
  body: Uint8Array;
}

const EMPTY_STATUS = [101, 204, 205, 304];

/** fetch, answered by the host. */
export function hostFetch(host: Channel): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const { url, method } = request;
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const wire: WireRequest = { url, method, headers: [...request.headers], ...(body && { body }) };
    const answer = (await host.call("fetch", [wire], request.signal)) as WireResponse;
    request.signal.throwIfAborted();
    const { status, statusText, headers } = answer;
    const content = EMPTY_STATUS.includes(status) ? null : new Uint8Array(answer.body);
    const response = new Response(content, { status, statusText, headers });
    Object.defineProperty(response, "url", { value: answer.url });
    return response;
  };
}

export function guestContext(
  host: Channel,
  facts: { idempotencyKey: string; seed: number; attempt: number },
  signal: AbortSignal,
): NodeContext {
  const tell = (method: string, text: string) => void host.call(method, [text]).catch(() => undefined);
  const read = async (path: string) => new Uint8Array((await host.call("read", [path], signal)) as Uint8Array);
  return {
    ...facts,
    signal,
    emit: (text) => tell("emit", String(text)),
    log: (...values) => console.log(...values),
    fetch: (input, init) => globalThis.fetch(input, { signal, ...init }),
    secret: async (name) => String(await host.call("secret", [name], signal)),
    files: {
      read,
      readText: async (path) => new TextDecoder().decode(await read(path)),
      async write(path, content) {
        const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
        await host.call("write", [path, bytes], signal);
      },
      list: async (pattern) => (await host.call("list", [pattern], signal)) as string[],
    },
  };
}

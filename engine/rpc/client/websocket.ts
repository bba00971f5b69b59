import { RPCLink } from "@orpc/client/websocket";
import { HeddleError } from "../../lib/errors/error.ts";
import { RPC_PATH, tokenProtocol, WEBSOCKET_PROTOCOL } from "../endpoint.ts";
import { asHeddleErrors, createHostClient, type HostClient, type HostLink } from "./host-client.ts";

export type ConnectionStatus = "connecting" | "open" | "closed";

export interface WebSocketOptions {
  /** Told at every change of the connection: what the studio's “reconnecting” strip shows. */
  onStatus?(status: ConnectionStatus): void;
  /** The host is there and doesn't take this token, which is of an earlier start: no more attempts follow. */
  onRefused?(): void;
  /** Ends the connection for good. */
  signal?: AbortSignal;
}

/**
 * A client of the host behind `url`: the studio's own address with its token (`http://127.0.0.1:4310/#token=…`), as the host prints it.
 * Reconnects by itself, soon at first and then every five seconds; calls made meanwhile wait for the attempt under way, calls cut off in
 * the middle fail with `host.disconnected`. A host that refuses the token isn't asked again.
 */
export function connectWebSocket(url: string, options: WebSocketOptions = {}): HostClient {
  return createHostClient(reconnectingLink(endpointOf(url), options));
}

interface Endpoint {
  url: string;
  /** The same host over HTTP. */
  page: string;
  protocols: string[];
}

function endpointOf(url: string): Endpoint {
  const address = new URL(url);
  const token = new URLSearchParams(address.hash.slice(1)).get("token") ?? "";
  const scheme = address.protocol === "https:" || address.protocol === "wss:" ? "wss:" : "ws:";
  const page = `${scheme === "wss:" ? "https:" : "http:"}//${address.host}/`;
  return { url: `${scheme}//${address.host}${RPC_PATH}`, page, protocols: [WEBSOCKET_PROTOCOL, tokenProtocol(token)] };
}

const RETRY_DELAYS = [100, 300, 1_000, 2_000, 5_000];

function reconnectingLink(endpoint: Endpoint, options: WebSocketOptions): HostLink {
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let current: Promise<HostLink> | undefined;
  let answeredBefore = false;
  let refused = false;

  /** An attempt that fails although the host answers, before it and after it, was refused. A browser isn't told more. */
  const noticeRefusal = async (): Promise<void> => {
    const answers = await answersHttp(endpoint.page);
    refused = answeredBefore && answers;
    answeredBefore = answers;
    if (refused) options.onRefused?.();
  };
  const connectLater = (): void => {
    if (options.signal?.aborted || refused || current) return;
    retry = setTimeout(() => void connect().catch(() => {}), RETRY_DELAYS[failures]);
    failures = Math.min(failures + 1, RETRY_DELAYS.length - 1);
  };

  const connect = (): Promise<HostLink> => {
    clearTimeout(retry);
    options.onStatus?.("connecting");
    current = open(endpoint, options.signal, {
      opened: () => {
        failures = 0;
        answeredBefore = false;
        options.onStatus?.("open");
      },
      closed: () => {
        current = undefined;
        options.onStatus?.("closed");
        connectLater();
      },
      failed: () => {
        current = undefined;
        options.onStatus?.("closed");
        if (!options.signal?.aborted) void noticeRefusal().then(connectLater);
      },
    });
    return current;
  };
  options.signal?.addEventListener("abort", () => clearTimeout(retry), { once: true });

  return {
    async call(path, input, callOptions) {
      if (options.signal?.aborted || refused) throw new HeddleError("host.disconnected");
      const link = await (current ?? connect());
      return link.call(path, input, callOptions);
    },
  };
}

/** A host that hangs counts as one that isn't there. */
const ANSWER_MS = 2_000;

async function answersHttp(page: string): Promise<boolean> {
  const request = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) } as const;
  return fetch(page, request).then(
    () => true,
    () => false,
  );
}

interface SocketEvents {
  opened(): void;
  /** It was open. */
  closed(): void;
  /** It never was. */
  failed(): void;
}

/** One socket, from its opening to its close. Resolves once it is open; rejects when it closes before. */
function open(endpoint: Endpoint, signal: AbortSignal | undefined, events: SocketEvents): Promise<HostLink> {
  const websocket = new WebSocket(endpoint.url, endpoint.protocols);
  const close = () => websocket.close();
  signal?.addEventListener("abort", close, { once: true });
  return new Promise((resolve, reject) => {
    let wasOpen = false;
    websocket.addEventListener("open", () => {
      wasOpen = true;
      events.opened();
      resolve(new RPCLink({ websocket, interceptors: [asHeddleErrors] }));
    });
    websocket.addEventListener("close", () => {
      signal?.removeEventListener("abort", close);
      if (wasOpen) events.closed();
      else events.failed();
      reject(new HeddleError("host.disconnected"));
    });
  });
}

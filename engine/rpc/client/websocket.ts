import { RPCLink } from "@orpc/client/websocket";
import { HeddleError } from "../../lib/errors/error.ts";
import { RPC_PATH, tokenProtocol, WEBSOCKET_PROTOCOL } from "../endpoint.ts";
import { asHeddleErrors, createHostClient, type HostClient, type HostLink } from "./host-client.ts";

export type ConnectionStatus = "connecting" | "open" | "closed";

export interface WebSocketOptions {
  /** Told at every change of the connection: what the studio's “reconnecting” strip shows. */
  onStatus?(status: ConnectionStatus): void;
  /** Ends the connection for good. */
  signal?: AbortSignal;
}

/**
 * A client of the host behind `url`: the studio's own address with its token (`http://127.0.0.1:4310/#token=…`), as the host prints it.
 * Reconnects by itself, soon at first and then every five seconds; calls made meanwhile wait for the attempt under way, calls cut off in
 * the middle fail with `host.disconnected`.
 */
export function connectWebSocket(url: string, options: WebSocketOptions = {}): HostClient {
  return createHostClient(reconnectingLink(endpointOf(url), options));
}

interface Endpoint {
  url: string;
  protocols: string[];
}

function endpointOf(url: string): Endpoint {
  const address = new URL(url);
  const token = new URLSearchParams(address.hash.slice(1)).get("token") ?? "";
  const scheme = address.protocol === "https:" || address.protocol === "wss:" ? "wss:" : "ws:";
  return { url: `${scheme}//${address.host}${RPC_PATH}`, protocols: [WEBSOCKET_PROTOCOL, tokenProtocol(token)] };
}

const RETRY_DELAYS = [100, 300, 1_000, 2_000, 5_000];

function reconnectingLink(endpoint: Endpoint, options: WebSocketOptions): HostLink {
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let current: Promise<HostLink> | undefined;

  const connect = (): Promise<HostLink> => {
    clearTimeout(retry);
    options.onStatus?.("connecting");
    current = open(endpoint, options.signal, {
      opened: () => {
        failures = 0;
        options.onStatus?.("open");
      },
      closed: () => {
        current = undefined;
        options.onStatus?.("closed");
        if (options.signal?.aborted) return;
        retry = setTimeout(() => void connect().catch(() => {}), RETRY_DELAYS[failures]);
        failures = Math.min(failures + 1, RETRY_DELAYS.length - 1);
      },
    });
    return current;
  };
  options.signal?.addEventListener("abort", () => clearTimeout(retry), { once: true });

  return {
    async call(path, input, callOptions) {
      if (options.signal?.aborted) throw new HeddleError("host.disconnected");
      const link = await (current ?? connect());
      return link.call(path, input, callOptions);
    },
  };
}

interface SocketEvents {
  opened(): void;
  closed(): void;
}

/** One socket, from its opening to its close. Resolves once it is open; rejects when it closes before. */
function open(endpoint: Endpoint, signal: AbortSignal | undefined, events: SocketEvents): Promise<HostLink> {
  const websocket = new WebSocket(endpoint.url, endpoint.protocols);
  const close = () => websocket.close();
  signal?.addEventListener("abort", close, { once: true });
  return new Promise((resolve, reject) => {
    websocket.addEventListener("open", () => {
      events.opened();
      resolve(new RPCLink({ websocket, interceptors: [asHeddleErrors] }));
    });
    websocket.addEventListener("close", () => {
      signal?.removeEventListener("abort", close);
      events.closed();
      reject(new HeddleError("host.disconnected"));
    });
  });
}

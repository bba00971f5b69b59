import { create } from "zustand";
import {
  connectMessagePort,
  connectWebSocket,
  type ConnectionStatus,
  type HostClient,
} from "../../engine/rpc/client/index.ts";

let client: HostClient | undefined;

interface ConnectionState {
  status: ConnectionStatus;
  /** Whether the host has answered at least once: before that nothing is “lost”. */
  everOpen: boolean;
  /** The host answers but not to this page's token: it was started again, under a new one. */
  restarted: boolean;
}

/** How the studio stands with its host. Electron's port is always open. */
export const useConnection = create<ConnectionState>(() => ({
  status: "connecting",
  everOpen: false,
  restarted: false,
}));

/** In the browser: the host that served this page, by the page's own address and token. */
export function connectToPage(address: string): HostClient {
  client = connectWebSocket(address, {
    onStatus(status) {
      useConnection.setState((now) => ({ status, everOpen: now.everOpen || status === "open" }));
    },
    onRefused: () => useConnection.setState({ restarted: true }),
  });
  return client;
}

/** In Electron: the host at the other end of the port that the preload script handed over. */
export function connectToPort(port: MessagePort): HostClient {
  client = connectMessagePort(port);
  useConnection.setState({ status: "open", everOpen: true });
  return client;
}

/** The host, from anywhere. main.tsx connects before anything renders. */
export function getRpc(): HostClient {
  if (!client) throw new Error("The studio isn't connected to a host yet.");
  return client;
}

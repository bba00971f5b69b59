import { RPCLink, type SupportedMessagePort } from "@orpc/client/message-port";
import { asHeddleErrors, createHostClient, type HostClient } from "./host-client.ts";

/** A port as the browser, Node or Electron has it; all of them queue messages until `start`. */
export type HostPort = SupportedMessagePort & { start?(): void };

/** A client of the host at the other end of a MessagePort: how the studio's window in Electron talks. */
export function connectMessagePort(port: HostPort): HostClient {
  const client = createHostClient(new RPCLink({ port, interceptors: [asHeddleErrors] }));
  port.start?.();
  return client;
}

import { RPCHandler } from "@orpc/server/message-port";
import type { HostPort } from "../client/message-port.ts";
import { handlerOptions, type HostRouter, type ServeOptions } from "./handler.ts";

/** Answers the contract on one end of a MessagePort until it closes. */
export function serveMessagePort(router: HostRouter, port: HostPort, options: ServeOptions = {}): void {
  new RPCHandler(router, handlerOptions(options)).upgrade(port);
  port.start?.();
}

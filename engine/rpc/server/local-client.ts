import { createRouterClient } from "@orpc/server";
import type { HostClient } from "../client/index.ts";
import type { HostRouter } from "./handler.ts";

/** The contract as functions, answered in this process: what a client over a transport is elsewhere. Failures are thrown as they are. */
export function localClient(router: HostRouter): HostClient {
  return createRouterClient(router, { context: {} }) as unknown as HostClient;
}

import { createORPCClient, mapEventIterator, ORPCError, type ClientLink } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { HeddleError, serializedErrorSchema } from "../../lib/errors/error.ts";
import type { HostContract } from "../contract.ts";

/** The contract as functions: `client.flows.read({ name })`. Every failure is thrown as a HeddleError, except the caller's own abort. */
export type HostClient = ContractRouterClient<HostContract>;

export type HostLink = ClientLink<Record<never, never>>;

/** A typed client over any link. */
export function createHostClient(link: HostLink): HostClient {
  return createORPCClient<HostClient>(link);
}

interface LinkCall<Output> {
  signal?: AbortSignal | undefined;
  next(): Promise<Output>;
}

/** For a link's `interceptors`: turns what the wire and the host throw into HeddleError, also in the middle of an event iterator. */
export async function asHeddleErrors(call: LinkCall<unknown>): Promise<unknown> {
  try {
    const output = await call.next();
    if (!isAsyncIterator(output)) return output;
    return mapEventIterator(output, {
      value: async (value) => value,
      error: async (thrown) => heddleError(thrown, call.signal),
    });
  } catch (thrown) {
    throw heddleError(thrown, call.signal);
  }
}

function heddleError(thrown: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (thrown instanceof HeddleError) return thrown;
  if (!(thrown instanceof ORPCError)) return new HeddleError("host.disconnected", {}, { cause: thrown });
  const data = serializedErrorSchema.safeParse(thrown.data);
  if (data.success) return HeddleError.fromJSON(data.data);
  return new HeddleError("internal", { detail: thrown.message }, { cause: thrown });
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown, unknown, unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

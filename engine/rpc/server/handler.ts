import { mapEventIterator, ORPCError } from "@orpc/client";
import { implement, type Router } from "@orpc/server";
import type { StandardRPCHandlerOptions } from "@orpc/server/standard";
import { HeddleError } from "../../lib/errors/error.ts";
import { contract, type HostContract } from "../contract.ts";

/** Builds handlers for the contract: `host.flows.read.handler(({ input, signal }) => …)`, then `host.router({…})`. */
export const host = implement(contract);

export type HostRouter = Router<HostContract, Record<never, never>>;

export interface ServeOptions {
  /** Told of every failure that is ours to fix (`internal`), with its cause; the client only gets the sentence. */
  onError?(error: HeddleError): void;
}

/** What both transports share: each thrown value leaves as an oRPC error whose `data` is the SerializedError. */
export function handlerOptions(options: ServeOptions): StandardRPCHandlerOptions<Record<never, never>> {
  const onWire = (thrown: unknown, signal: AbortSignal | undefined) => {
    const error = heddleError(thrown);
    if (error.code === "internal" && !signal?.aborted) options.onError?.(error);
    return new ORPCError(error.code, { status: error.status, message: error.message, data: error.toJSON() });
  };
  return {
    clientInterceptors: [
      async ({ next, signal }) => {
        try {
          const output = await next();
          if (!isAsyncIterator(output)) return output;
          return mapEventIterator(output, {
            value: async (value) => value,
            error: async (thrown) => onWire(thrown, signal),
          });
        } catch (thrown) {
          throw onWire(thrown, signal);
        }
      },
    ],
  };
}

function heddleError(thrown: unknown): HeddleError {
  if (thrown instanceof ORPCError && thrown.status === 400) {
    return new HeddleError("input.invalid", { where: "The request", detail: detailOf(thrown) }, { cause: thrown });
  }
  return HeddleError.from(thrown);
}

/** The first complaint of the validation that oRPC made of the input, with its place. */
function detailOf(error: ORPCError<string, unknown>): string {
  const { issues } = (error.data ?? {}) as { issues?: { message: string; path?: PropertyKey[] }[] };
  const first = issues?.[0];
  if (!first) return error.message;
  return first.path?.length ? `${first.path.join(".")}: ${first.message}` : first.message;
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown, unknown, unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

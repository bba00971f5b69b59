import type { ContractRouterClient } from "@orpc/contract";
import { HeddleError, serializedErrorSchema } from "../../engine/lib/errors/error.ts";
import type { HostContract } from "../../engine/rpc/contract.ts";

/** What the document store asks of a host: the part of the contract that is about flow files. */
export type FlowsClient = ContractRouterClient<HostContract>["flows"];

/** An error that came over the contract, as Heddle's own: its code and sentence travel in `data`. */
export function hostError(thrown: unknown): HeddleError {
  if (thrown instanceof HeddleError) return thrown;
  const data = typeof thrown === "object" && thrown !== null && "data" in thrown ? thrown.data : undefined;
  const parsed = serializedErrorSchema.safeParse(data);
  return parsed.success ? HeddleError.fromJSON(parsed.data) : HeddleError.from(thrown);
}

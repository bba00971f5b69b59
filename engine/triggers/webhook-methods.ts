import type { WebhookConfig } from "../../nodes/io/triggers.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { WebhookCall } from "./webhook-call.ts";

/** The first webhook of an address that takes the method. @throws HeddleError `trigger.method` */
export function takerOf<Hook extends { config: WebhookConfig }>(
  there: readonly Hook[],
  { method, path }: Pick<WebhookCall, "method" | "path">,
): Hook {
  const taker = there.find(({ config }) => config.methods.some((taken) => taken === method));
  if (taker) return taker;
  const allowed = [...new Set(there.flatMap(({ config }) => config.methods))].join(", ");
  throw new HeddleError("trigger.method", { path, method, allowed });
}

/** The methods for the header `Allow`, where the error is that another one was used. */
export function allowedBy({ code, params }: HeddleError): string | undefined {
  return code === "trigger.method" ? String(params["allowed"]) : undefined;
}

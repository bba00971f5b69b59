import { createHmac, timingSafeEqual } from "node:crypto";
import { fillSecrets } from "../../nodes/secret-text.ts";
import { webhookHeader, type WebhookConfig } from "../../nodes/io/triggers.ts";
import type { SecretService } from "../node/services.ts";
import type { WebhookCall } from "./webhook-call.ts";

/** Why a call isn't authentic, in words; undefined for one that is. @throws HeddleError `secret.missing` */
export async function refusal(
  config: WebhookConfig,
  call: WebhookCall,
  secrets: SecretService,
): Promise<string | undefined> {
  if (config.auth === "none") return undefined;
  const header = webhookHeader(config);
  const offered = call.headers[header];
  if (offered === undefined) return `the header ${header} is missing`;
  const secret = await fillSecrets(config.secret ?? "", secrets);
  if (!secret) return "its secret is empty";
  if (config.auth === "secret")
    return isSame(offered, secret) ? undefined : `the header ${header} holds another secret`;
  return isSigned(offered, secret, call.body) ? undefined : `the signature in ${header} doesn’t fit the body`;
}

/** As hex or base64, with or without `sha256=` before it: the ways in which services write it. */
function isSigned(offered: string, secret: string, body: Buffer): boolean {
  const digest = createHmac("sha256", secret).update(body).digest();
  const signature = offered.replace(/^sha256=/i, "").trim();
  return isSame(signature.toLowerCase(), digest.toString("hex")) || isSame(signature, digest.toString("base64"));
}

/** In the same time for every wrong one, so that it can't be guessed byte by byte. */
function isSame(offered: string, expected: string): boolean {
  const [a, b] = [offered, expected].map((text) => createHmac("sha256", "length").update(text).digest());
  return timingSafeEqual(a!, b!);
}

import { createHash, createHmac } from "node:crypto";

/**
 * Headers that let a receiver know who sent a webhook and that it saw it before, as https://www.standardwebhooks.com describes them. The id is
 * the same for every try of a step.
 */
export function webhookHeaders(message: {
  key: string;
  body: string;
  seconds: number;
  secret: string;
}): Record<string, string> {
  const id = `msg_${createHash("sha256").update(message.key).digest("hex").slice(0, 32)}`;
  const signed = `${id}.${message.seconds}.${message.body}`;
  const signature = createHmac("sha256", signingKey(message.secret)).update(signed).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(message.seconds), "webhook-signature": `v1,${signature}` };
}

/** `whsec_` marks a key in base64; other texts are the key themselves. */
function signingKey(secret: string): Buffer {
  return secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
}

import type { IncomingMessage } from "node:http";
import { HeddleError } from "../../engine/lib/errors/error.ts";

/** What one call may bring; what is larger belongs into a file. */
const LIMIT_BYTES = 5 * 1024 * 1024;

/** The whole body. @throws HeddleError `trigger.too-large`, as soon as it is */
export async function readBody(request: IncomingMessage, limit = LIMIT_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new HeddleError("trigger.too-large", { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

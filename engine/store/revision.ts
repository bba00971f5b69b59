import { createHash } from "node:crypto";

/** What stands for a file's exact bytes: their SHA-256 in hex. */
export function revisionOf(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

import { createHash } from "node:crypto";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { OperationResult } from "../../engine/run/driver.ts";

/** The largest result that stands in the journal itself, in bytes of JSON: every replay reads all of them. */
export const JOURNAL_LIMIT = 64 * 2 ** 10;
/** The largest result of a step at all, in bytes of JSON. */
export const RESULT_LIMIT = 64 * 2 ** 20;

/** What stands in the journal for a result that is kept elsewhere: the SHA-256 of its JSON. */
export interface KeptResult {
  kept: string;
}

/** Where large results are kept: by digest, each once. */
export interface BlobTable {
  put(digest: string, text: string): Promise<void>;
  get(digest: string): Promise<string | undefined>;
}

/** Keeps the journal small. What it kept never changes, so that a replay reads what the step gave. */
export interface ResultStore {
  /** The result itself when it is small; too large a one fails the step in words. */
  keep(result: OperationResult): Promise<OperationResult | KeptResult>;
  /** @throws HeddleError `publish.result-lost` */
  read(kept: KeptResult): Promise<OperationResult>;
}

export const isKept = (result: OperationResult | KeptResult): result is KeptResult => "kept" in result;

export function createResultStore(blobs: BlobTable): ResultStore {
  return {
    async keep(result) {
      const text = JSON.stringify(result);
      const size = Buffer.byteLength(text);
      if (size <= JOURNAL_LIMIT) return result;
      if (size > RESULT_LIMIT) return tooLarge(size);
      const kept = createHash("sha256").update(text).digest("hex");
      await blobs.put(kept, text);
      return { kept };
    },
    async read({ kept }) {
      const text = await blobs.get(kept);
      if (text === undefined) throw new HeddleError("publish.result-lost", { digest: kept });
      return JSON.parse(text) as OperationResult;
    },
  };
}

function tooLarge(size: number): OperationResult {
  const params = { size: mebibytes(size), limit: mebibytes(RESULT_LIMIT) };
  return { ok: false, error: new HeddleError("publish.value-too-large", params).toJSON() };
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

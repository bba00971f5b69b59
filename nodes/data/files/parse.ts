import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../../engine/lib/json.ts";
import { RemoteError } from "../../isolated/channel.ts";
import { ProcessEnded } from "../../isolated/isolated-process.ts";
import { ProcessPool } from "../../isolated/process-pool.ts";
import type { Encoding, FileKind } from "./kinds.ts";

export interface ParseOptions {
  kind: FileKind;
  encoding: Encoding | "auto";
  header: boolean;
  delimiter?: string;
  /** A spreadsheet's sheet; left out: the first. */
  sheet?: string;
}

/** What was in a file; which of the three depends on its kind. */
export type Parsed = { text: string | null; rows: JsonObject[] | null; json: JsonValue };

const TIME_LIMIT = 60_000;
const IDLE = 20_000;
const pool = new ProcessPool(
  { entry: new URL("./parse-process.ts", import.meta.url), execArgv: ["--max-old-space-size=512"] },
  { size: 2, idle: IDLE },
);

/** Reads a file's content. @throws HeddleError `file.encoding`, `file.unparseable` */
export async function parseFile(
  path: string,
  bytes: Uint8Array,
  options: ParseOptions & { signal: AbortSignal },
): Promise<Parsed> {
  const { signal, ...how } = options;
  const limit = AbortSignal.timeout(TIME_LIMIT);
  const either = AbortSignal.any([signal, limit]);
  try {
    return (await pool.use(either, (process) => process.call("parse", [bytes, how], either))) as Parsed;
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof RemoteError && cause.name === "RangeError" && cause.message === "encoding")
      throw new HeddleError(
        "file.encoding",
        { path, encoding: how.encoding === "auto" ? "UTF-8" : how.encoding },
        { cause },
      );
    throw new HeddleError(
      "file.unparseable",
      { path, kind: how.kind.toUpperCase(), detail: inWords(cause, limit) },
      { cause },
    );
  }
}

function inWords(cause: unknown, limit: AbortSignal): string {
  if (limit.aborted) return `it took longer than ${TIME_LIMIT / 1000} s`;
  if (cause instanceof ProcessEnded) return cause.detail;
  const [line = ""] = cause instanceof Error ? cause.message.split("\n") : [String(cause)];
  return line.replace(/[.:]\s*$/, "").slice(0, 300);
}

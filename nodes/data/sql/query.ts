import type { JsonObject, JsonValue } from "../../../engine/lib/json.ts";

/** One query as it goes to a database. */
export interface SqlQuery {
  text: string;
  /** Values by name; never part of the text. */
  values: JsonObject;
  /** Rows at most. */
  limit: number;
  /** seconds */
  timeout: number;
  write: boolean;
}

/** What a query gave. `count`: the rows found, or changed where none are returned. */
export type SqlResult = { rows: JsonObject[]; count: number; columns: string[]; truncated: boolean };

/** Whole numbers that JSON's numbers can't hold exactly stay texts. */
export function safeInteger(value: bigint): number | string {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
}

/** A value of a database as JSON: binary as base64, dates as ISO text. */
export function toJson(value: unknown): JsonValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return safeInteger(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Date) return value.toISOString();
  return value as JsonValue;
}

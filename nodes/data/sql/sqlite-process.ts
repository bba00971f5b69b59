import Database from "better-sqlite3";
import { openGuestPort } from "../../isolated/guest-port.ts";
import type { JsonValue } from "../../../engine/lib/json.ts";
import { toJson, type SqlQuery, type SqlResult } from "./query.ts";

/** How long to wait for another writer before giving up. */
const BUSY_WAIT = 5000;

/** Runs one query on a SQLite file, in a process of its own: SQLite computes without a pause, and only the end of a process stops it. */
function runQuery(path: string, { text, values, limit, write }: SqlQuery): SqlResult {
  const database = new Database(path, { readonly: !write, fileMustExist: !write, timeout: BUSY_WAIT });
  try {
    const statement = database.prepare(text).safeIntegers(true);
    const bound = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toBound(value)]));
    if (!statement.reader) {
      const { changes } = statement.run(bound);
      return { rows: [], count: Number(changes), columns: [], truncated: false };
    }
    const columns = statement.columns().map(({ name }) => name);
    // Rows as lists: two columns of one name would be one field.
    const rows: JsonValue[][] = [];
    let count = 0;
    for (const row of statement.raw(true).iterate(bound) as IterableIterator<unknown[]>) {
      count += 1;
      if (count <= limit) rows.push(row.map(toJson));
      // What changes data has to come to its end; reading may stop.
      else if (statement.readonly) break;
    }
    return { rows: rows.map((row) => named(columns, row)), count: rows.length, columns, truncated: count > limit };
  } finally {
    database.close();
  }
}

/** Lists and objects become JSON text, which SQLite's json functions read. */
function toBound(value: JsonValue): string | number | bigint | null {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

const named = (columns: readonly string[], row: readonly JsonValue[]) =>
  Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]));

/** Codes of SQLite say more than its words; they travel in the error's name. */
function withCode(error: unknown): never {
  if (error instanceof Database.SqliteError) error.name = error.code;
  throw error;
}

openGuestPort({
  query: ([path, query]) => {
    try {
      return runQuery(path as string, query as SqlQuery);
    } catch (error) {
      return withCode(error);
    }
  },
});

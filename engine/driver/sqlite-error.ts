import { HeddleError } from "../lib/errors/error.ts";

/** What SQLite reported, as the catalogue has it. Anything that isn't SQLite's comes back as it was. */
export function sqliteError(thrown: unknown, path: string): unknown {
  const code = sqliteCode(thrown);
  if (code === undefined) return thrown;
  const detail = (thrown as Error).message;
  const options = { cause: thrown };
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"))
    return new HeddleError("store.locked", { path }, options);
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB")
    return new HeddleError("store.corrupt", { path, detail }, options);
  if (code.startsWith("SQLITE_READONLY") || code === "SQLITE_PERM")
    return new HeddleError("store.read-only", { path }, options);
  if (code.startsWith("SQLITE_FULL")) return new HeddleError("store.disk-full", { path }, options);
  return new HeddleError("store.unavailable", { path, detail }, options);
}

function sqliteCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown) || typeof thrown.code !== "string") return undefined;
  return thrown.code.startsWith("SQLITE_") ? thrown.code : undefined;
}

/** Calls and translates what SQLite throws. @throws HeddleError `store.*` */
export function withSqlite<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    throw sqliteError(thrown, path);
  }
}

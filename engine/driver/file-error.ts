import { HeddleError } from "../lib/errors/error.ts";
import { sqliteError } from "./sqlite-error.ts";

/** Calls and translates what the file system (or SQLite) throws. @throws HeddleError `store.*` */
export function withFile<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    throw fileError(thrown, path);
  }
}

/** An error of the file system in words; others as SQLite's. */
export function fileError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || !("syscall" in thrown)) return sqliteError(thrown, path);
  const options = { cause: thrown };
  switch ((thrown as NodeJS.ErrnoException).code) {
    case "ENOSPC":
    case "EDQUOT":
    case "EFBIG":
      return new HeddleError("store.disk-full", { path }, options);
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new HeddleError("store.read-only", { path }, options);
    default:
      return new HeddleError("store.unavailable", { path, detail: thrown.message }, options);
  }
}

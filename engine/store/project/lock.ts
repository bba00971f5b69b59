import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { HeddleError } from "../../lib/errors/error.ts";

/** The folder of a project's databases; never committed. */
export const STATE_FOLDER = ".heddle";

/**
 * Makes this process the only host of a project. The lock is SQLite's on a file of its own, so the operating system frees it when the
 * process ends in whatever way. Returns the release.
 * @throws HeddleError `project.locked`
 */
export function lockProject(folder: string): () => void {
  const state = join(folder, STATE_FOLDER);
  mkdirSync(state, { recursive: true });
  const owner = join(state, "host.pid");
  const database = new Database(join(state, "lock.sqlite"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    throw new HeddleError("project.locked", { path: folder, pid: readOwner(owner) }, { cause });
  }
  writeFileSync(owner, String(process.pid));
  return () => database.close();
}

function readOwner(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "?";
  }
}

import { accessSync, constants, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { withFile } from "../driver/file-error.ts";
import { withSqlite } from "../driver/sqlite-error.ts";
import { HeddleError } from "../lib/errors/error.ts";
import { MIGRATIONS } from "./migrations.ts";

/** An open database of Heddle, checked and of the newest format. */
export interface Database {
  readonly path: string;
  readonly sql: Sqlite.Database;
  /** Calls with the connection and translates what it throws. @throws HeddleError `store.*` */
  guard<T>(action: (sql: Sqlite.Database) => T): T;
  close(): void;
}

export interface DatabaseOptions {
  /** A file, made with its folder when absent; or `:memory:`. */
  path: string;
  /** How long to wait for another program that is writing, in milliseconds. */
  patience?: number;
  migrations?: readonly string[];
}

/**
 * Opens a database: write-ahead log, what is committed survives the end of the process (kill -9 included; a power cut may take the last
 * moments). Older formats are lifted step by step, each after a copy `<path>.format-<n>.bak`.
 * @throws HeddleError `store.*`
 */
export function openDatabase({ path, patience = 5_000, migrations = MIGRATIONS }: DatabaseOptions): Database {
  return withSqlite(path, () => {
    if (path !== ":memory:") makeFolder(path);
    const sql = new Sqlite(path, { timeout: patience });
    try {
      prepare(sql, path, migrations);
    } catch (thrown) {
      sql.close();
      throw thrown;
    }
    return { path, sql, guard: (action) => withSqlite(path, () => action(sql)), close: () => void sql.close() };
  });
}

/** The folder, which must be there and take files: SQLite itself can't tell why it can't open one. */
function makeFolder(path: string): void {
  withFile(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    accessSync(dirname(path), constants.W_OK);
  });
}

function prepare(sql: Sqlite.Database, path: string, migrations: readonly string[]): void {
  const damage = sql.pragma("quick_check(1)", { simple: true });
  if (damage !== "ok") throw new HeddleError("store.corrupt", { path, detail: String(damage) });
  // Small pages: a step writes one or two of them. Only a new file takes the size.
  sql.pragma("page_size = 2048");
  sql.pragma("journal_mode = WAL");
  sql.pragma("synchronous = NORMAL");
  sql.pragma("wal_autocheckpoint = 8000");
  sql.pragma("foreign_keys = ON");
  migrate(sql, path, migrations);
}

function migrate(sql: Sqlite.Database, path: string, migrations: readonly string[]): void {
  const found = formatOf(sql);
  if (found > migrations.length) throw new HeddleError("store.newer", { path, found, known: migrations.length });
  for (let format = found; format < migrations.length; format++) {
    // What was made just now in several steps holds nothing yet.
    if (found > 0) keepCopy(sql, `${path}.format-${format}.bak`);
    sql
      .transaction(() => {
        if (formatOf(sql) !== format) return;
        sql.exec(migrations[format]!);
        sql.pragma(`user_version = ${format + 1}`);
      })
      .immediate();
  }
}

const formatOf = (sql: Sqlite.Database): number => Number(sql.pragma("user_version", { simple: true }));

/** A copy has its name only when it is whole and was read back. */
function keepCopy(sql: Sqlite.Database, copy: string): void {
  if (sql.memory) return;
  const unchecked = `${copy}.tmp`;
  rmSync(unchecked, { force: true });
  sql.prepare("VACUUM INTO ?").run(unchecked);
  const read = new Sqlite(unchecked, { readonly: true });
  const damage = read.pragma("integrity_check(1)", { simple: true });
  read.close();
  if (damage !== "ok") throw new HeddleError("store.corrupt", { path: unchecked, detail: String(damage) });
  renameSync(unchecked, copy);
}

import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HeddleError } from "../lib/errors/error.ts";
import { openDatabase } from "./database.ts";
import { MIGRATIONS } from "./migrations.ts";

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (thrown) {
    return thrown instanceof HeddleError ? thrown.code : String(thrown);
  }
  return undefined;
}

describe("openDatabase", () => {
  let folder: string;
  const file = () => join(folder, "deep", "runs.db");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "heddle-database-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("makes the file and its folder, in the newest format", () => {
    const database = openDatabase({ path: file() });
    expect(database.sql.pragma("user_version", { simple: true })).toBe(MIGRATIONS.length);
    expect(database.sql.pragma("journal_mode", { simple: true })).toBe("wal");
    database.close();
    openDatabase({ path: file() }).close();
  });

  it("keeps no copy of a file that it has just made", () => {
    const migrations = [...MIGRATIONS, "ALTER TABLE runs ADD COLUMN label TEXT"];
    openDatabase({ path: file(), migrations }).close();
    expect(readdirSync(join(folder, "deep"))).toEqual(["runs.db"]);
  });

  it("keeps a copy before it lifts an older format", () => {
    openDatabase({ path: file() }).close();
    const migrations = [...MIGRATIONS, "ALTER TABLE runs ADD COLUMN label TEXT"];
    const lifted = openDatabase({ path: file(), migrations });
    expect(lifted.sql.pragma("user_version", { simple: true })).toBe(migrations.length);
    lifted.close();
    const copy = new Sqlite(`${file()}.format-${MIGRATIONS.length}.bak`, { readonly: true });
    expect(copy.pragma("user_version", { simple: true })).toBe(MIGRATIONS.length);
    copy.close();
  });

  it("leaves the format as it was when lifting it fails", () => {
    openDatabase({ path: file() }).close();
    const migrations = [...MIGRATIONS, "ALTER TABLE runs ADD COLUMN label TEXT; SELECT nonsense"];
    expect(codeOf(() => openDatabase({ path: file(), migrations }))).toBe("store.unavailable");
    const database = openDatabase({ path: file() });
    expect(database.sql.pragma("user_version", { simple: true })).toBe(MIGRATIONS.length);
    database.close();
  });

  it("refuses a newer format and leaves the file as it is", () => {
    const database = openDatabase({ path: file() });
    database.sql.pragma("user_version = 99");
    database.close();
    const before = readFileSync(file());
    expect(codeOf(() => openDatabase({ path: file() }))).toBe("store.newer");
    expect(readFileSync(file())).toEqual(before);
  });

  it("names a damaged file", () => {
    openDatabase({ path: file() }).close();
    const bytes = readFileSync(file());
    bytes.fill(0xa5, 4_096, 12_288);
    writeFileSync(file(), bytes);
    expect(codeOf(() => openDatabase({ path: file() }))).toBe("store.corrupt");
    writeFileSync(file(), "this is no database, only some text that is long enough to be taken for a header of one");
    expect(codeOf(() => openDatabase({ path: file() }))).toBe("store.corrupt");
  });

  it("says that another program holds the database", () => {
    openDatabase({ path: file() }).close();
    const other = new Sqlite(file());
    other.pragma("locking_mode = EXCLUSIVE");
    other.exec("BEGIN EXCLUSIVE");
    expect(codeOf(() => openDatabase({ path: file(), patience: 10 }))).toBe("store.locked");
    other.close();
  });

  it("says that there is no way to write", () => {
    const blocked = join(folder, "blocked");
    writeFileSync(blocked, "a file where a folder should be");
    expect(codeOf(() => openDatabase({ path: join(blocked, "runs.db") }))).toBe("store.unavailable");
  });

  it.skipIf(process.getuid?.() === 0)("says that a file is read-only", () => {
    openDatabase({ path: file() }).close();
    chmodSync(file(), 0o444);
    const database = openDatabase({ path: file() });
    expect(codeOf(() => database.sql.exec("CREATE TABLE more (x)"))).toContain("readonly");
    database.close();
  });

  it("says that the disk is full", () => {
    const database = openDatabase({ path: file() });
    database.sql.pragma(`max_page_count = ${String(database.sql.pragma("page_count", { simple: true }))}`);
    const fill = () =>
      database.guard((sql) => sql.exec(`INSERT INTO flow_versions VALUES ('x', '${"x".repeat(100_000)}')`));
    expect(codeOf(fill)).toBe("store.disk-full");
    database.close();
  });

  it("leaves one file when it is closed", () => {
    const database = openDatabase({ path: file() });
    expect(existsSync(`${file()}-wal`)).toBe(true);
    database.close();
    expect(existsSync(`${file()}-wal`)).toBe(false);
  });
});

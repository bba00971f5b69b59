import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import { MIGRATIONS } from "./migrations.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { makeOldDatabase } from "./testing/old-database.ts";
import { ServiceDriver } from "./testing/service-driver.ts";

const CHILD = join(import.meta.dirname, "testing", "crash-open.ts");
const count = (path: string, table: string): unknown => {
  const sql = new Sqlite(path, { readonly: true });
  try {
    return sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  } finally {
    sql.close();
  }
};

describe("a database of the first format", () => {
  it("is lifted with all that it holds; its unfinished run goes on", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "runs.sqlite");
    makeOldDatabase(path, 3);
    const driver = new ServiceDriver({}, folder);
    try {
      expect(driver.database.sql.pragma("user_version", { simple: true })).toBe(MIGRATIONS.length);
      expect(driver.service.list().map(({ runId, state }) => [runId, state])).toEqual([
        ["run-3", "running"],
        ["run-2", "succeeded"],
        ["run-1", "succeeded"],
      ]);
      expect(driver.service.flowOf("run-1")).toMatchObject({ name: "old", parents: {} });
      const events = driver.service.recorded("run-1");
      expect(events.map(({ seq, at }) => [seq, at - 1_700_000_000_000])).toEqual(
        [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2].map((at, index) => [index + 1, at]),
      );
      expect(events[6]).toMatchObject({ type: "step.completed", path: "a", runId: "run-1", output: { value: "in" } });
      expect(await driver.service.replay("run-1")).not.toHaveProperty("diverged");
      expect(driver.service.resumeUnfinished()).toEqual(["run-3"]);
      expect(await driver.last("run-3")).toMatchObject({ type: "run.completed", seq: 11 });
      expect(driver.executed()).toEqual({ b: 1 });
      const copy = `${path}.format-1.bak`;
      expect(count(copy, "runs")).toBe(3);
      expect(count(copy, "turns")).toBe(8);
    } finally {
      await driver.shut();
    }
  });

  it("is the old one or the new one, whenever the process that lifts it is killed", { timeout: 120_000 }, async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "runs.sqlite");
    const copy = `${path}.format-1.bak`;
    const runs = 20_000;
    makeOldDatabase(path, runs);
    const formats = new Set<number>();
    let kills = 0;
    for (let done = false, delay = 0; !done; delay += 40) {
      const child = spawn(process.execPath, [CHILD, path], { stdio: ["ignore", "pipe", "inherit"] });
      const over = once(child, "exit") as Promise<[number | null, string | null]>;
      // The child says that it begins to open, so that the time until the kill is spent in there.
      await once(child.stdout, "data");
      const timer = setTimeout(() => child.kill("SIGKILL"), delay);
      const [code] = await over;
      clearTimeout(timer);
      done = code === 0;
      if (!done) kills++;
      const sql = new Sqlite(path);
      const format = Number(sql.pragma("user_version", { simple: true }));
      formats.add(format);
      expect(sql.pragma("integrity_check", { simple: true })).toBe("ok");
      expect(sql.prepare("SELECT count(*) FROM turns").pluck().get()).toBe(runs * 3 - 1);
      expect(sql.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'waits'").pluck().get()).toBe(format - 1);
      sql.close();
      if (existsSync(copy)) expect(count(copy, "runs")).toBe(runs);
    }
    expect(kills).toBeGreaterThan(2);
    expect([...formats]).toEqual([1, 2]);
    openDatabase({ path }).close();
    expect(count(copy, "turns")).toBe(runs * 3 - 1);
    rmSync(copy);
    expect(readdirSync(folder).filter((name) => name.includes(".bak"))).toEqual([]);
  });
});

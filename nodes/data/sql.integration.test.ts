import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import { createProjectFiles } from "../../engine/store/project/project-files.ts";
import { startPostgres } from "../testing/postgres.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { sql } from "./sql.ts";

let folder: string;
let url: string;
let server: Awaited<ReturnType<typeof startPostgres>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heddle-sql-"));
  await mkdir(join(folder, "project", ".heddle"), { recursive: true });
  server = await startPostgres(folder);
  url = server.url;
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const secrets = { get: async (name: string) => (name === "DB" ? url : `${url}x`) };

function run(config: JsonObject, scope: Record<string, JsonValue> = {}, signal?: AbortSignal) {
  const services = { ...NO_SERVICES, secrets, files: createProjectFiles(join(folder, "project")) };
  return runSample(sql, { config, scope }, { services, ...(signal && { signal }) });
}

const connections = {
  sqlite: { database: "sqlite", file: "shop.sqlite" },
  postgres: { database: "postgres", connection: "{{ secrets.DB }}" },
};

describe.each(["sqlite", "postgres"] as const)("%s", (kind) => {
  const ask = (query: string, more: JsonObject = {}, scope: Record<string, JsonValue> = {}) =>
    run({ ...connections[kind], query, ...more }, scope);
  const change = (query: string, parameters: JsonObject = {}) => ask(query, { write: true, parameters });

  beforeAll(async () => {
    await change("create table orders (id integer primary key, item text, price real, paid boolean, key text unique)");
    const { error, output } = await change(
      "insert into orders values (1, 'Oak shelf', 89.5, true, null), (2, 'Lamp', 20, false, null), (3, null, 5.25, true, null)",
    );
    expect(error).toBeUndefined();
    expect(output).toEqual({ rows: [], count: 3, columns: [], truncated: false });
  });

  test("gives rows, their count and the columns", async () => {
    const { output } = await ask("select id, item, price from orders order by id");
    expect(output).toEqual({
      rows: [
        { id: 1, item: "Oak shelf", price: 89.5 },
        { id: 2, item: "Lamp", price: 20 },
        { id: 3, item: null, price: 5.25 },
      ],
      count: 3,
      columns: ["id", "item", "price"],
      truncated: false,
    });
  });

  test("takes what steps found as values, whatever is in them", async () => {
    const evil = "x' or 1=1; drop table orders; --";
    const found = await ask(
      "select count(*) as n from orders where item = :item",
      { parameters: { item: "{{ it.text }}" } },
      { it: { text: evil } },
    );
    expect(found.output).toMatchObject({ rows: [{ n: 0 }] });
    const named = await ask(
      "select ':id' as quoted, id from orders where id = :id -- :no",
      { parameters: { id: "{{ it.id }}" } },
      { it: { id: 2 } },
    );
    expect(named.output).toMatchObject({ rows: [{ quoted: ":id", id: 2 }] });
  });

  test("limits the rows that it keeps", async () => {
    const query = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000) select i from n";
    const { output } = await ask(query, { limit: 3 });
    expect(output).toEqual({ rows: [{ i: 1 }, { i: 2 }, { i: 3 }], count: 3, columns: ["i"], truncated: true });
  });

  test("only reads unless it may change data", async () => {
    expect((await ask("delete from orders")).error).toMatchObject({ code: "sql.read-only", retryable: false });
    expect((await ask("select count(*) as n from orders")).output).toMatchObject({ rows: [{ n: 3 }] });
  });

  test("changes once with its idempotency key, however often it runs", async () => {
    const insert = "insert into orders (id, item, key) values (77, 'once', :idempotency_key) on conflict do nothing";
    expect((await change(insert)).output).toMatchObject({ count: 1 });
    expect((await change(insert)).output).toMatchObject({ count: 0 });
    const { output } = await ask("select key from orders where id = 77");
    expect(output).toMatchObject({ rows: [{ key: "sample/subject" }] });
    await change("delete from orders where id = 77");
  });

  test("returns what a change returns, all of it done although few rows are kept", async () => {
    const query = "update orders set item = item where id <= 3 returning id";
    const { output } = await ask(query, { write: true, limit: 1 });
    expect(output).toMatchObject({ count: 1, truncated: true, columns: ["id"] });
  });

  test("is stopped when it takes too long, and the next one is fine", async () => {
    const endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n";
    const started = performance.now();
    expect((await ask(endless, { timeout: 0.4 })).error).toMatchObject({ code: "sql.timeout", params: { limit: 0.4 } });
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await ask("select 1 as one")).output).toMatchObject({ rows: [{ one: 1 }] });
  });

  test("ends with the run that is cancelled", async () => {
    const abort = new AbortController();
    const endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n";
    setTimeout(() => abort.abort(new Error("cancelled")), 300);
    const { output } = await run({ ...connections[kind], query: endless }, {}, abort.signal);
    expect(output).toBeUndefined();
  });

  test.each([
    ["a word misspelt", "selec 1", "sql.failed"],
    ["a table that isn’t there", "select * from nowhere", "sql.failed"],
    ["a place without a value", "select :missing as x", "sql.missing-parameter"],
  ])("says what is wrong: %s", async (_what, query, code) => {
    const { error } = await ask(query);
    expect(error).toMatchObject({ code, retryable: false });
    expect(error!.message).not.toMatch(/\{\w+\}/);
  });

  test("numbers that JSON can’t hold exactly, and binary data, come as text", async () => {
    const cast =
      kind === "sqlite"
        ? "9007199254740993 as big, x'01ff' as data"
        : "9007199254740993::int8 as big, '\\x01ff'::bytea as data";
    const { output } = await ask(`select ${cast}`);
    expect(output).toMatchObject({ rows: [{ big: "9007199254740993", data: "Af8=" }] });
  });
});

describe("a SQLite file", () => {
  test("must be there to be read, and inside the project", async () => {
    const ask = (file: string, query = "select 1") => run({ database: "sqlite", file, query });
    expect((await ask("none.sqlite")).error).toMatchObject({ code: "file.missing" });
    expect((await ask("../other.sqlite")).error).toMatchObject({ code: "file.outside" });
    expect((await ask(".heddle/runs.sqlite")).error).toMatchObject({ code: "file.private" });
  });

  test.each([
    "attach database '/tmp/x' as x",
    "/* a */ -- b\n ATTACH 'x' as y",
    "vacuum into 'x'",
    "pragma journal_mode=off",
  ])("isn’t left by %s", async (query) => {
    const { error } = await run({ database: "sqlite", file: "shop.sqlite", query, write: true });
    expect(error).toMatchObject({ code: "sql.not-allowed" });
  });

  test("that another writer holds is worth another try", async () => {
    const other = new Database(join(folder, "project", "shop.sqlite"));
    other.exec("begin immediate");
    try {
      const query = "insert into orders (id) values (900)";
      const { error } = await run({ database: "sqlite", file: "shop.sqlite", query, write: true });
      expect(error).toMatchObject({ code: "sql.busy", retryable: true });
    } finally {
      other.close();
    }
  });

  test("queries run beside each other, and lists are JSON", async () => {
    const query = "select value as v from json_each(:ids)";
    const runs = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        run({ database: "sqlite", file: "shop.sqlite", query, parameters: { ids: [n] } }),
      ),
    );
    expect(runs.map(({ output }) => output)).toMatchObject(Array.from({ length: 12 }, (_, v) => ({ rows: [{ v }] })));
  });
});

describe("PostgreSQL", () => {
  const ask = (query: string, parameters: JsonObject = {}) => run({ ...connections.postgres, query, parameters });

  test("takes lists as lists and objects as JSON", async () => {
    const { output, error } = await ask("select id from orders where id = any(:ids::int[]) order by id", {
      ids: [1, 3],
    });
    expect(error).toBeUndefined();
    expect(output).toMatchObject({ rows: [{ id: 1 }, { id: 3 }] });
    const json = await ask("select (:data::jsonb)->>'a' as a", { data: { a: "x" } });
    expect(json.output).toMatchObject({ rows: [{ a: "x" }] });
  });

  test("gives decimals as numbers, dates as they are written, times as ISO", async () => {
    const { output } = await ask(
      "select 12.50::numeric as n, '2026-11-20'::date as d, '2026-11-20 10:00:00+00'::timestamptz at time zone 'utc' as t, array[1,2] as l",
    );
    expect(output).toMatchObject({ rows: [{ n: 12.5, d: "2026-11-20", t: "2026-11-20T10:00:00", l: [1, 2] }] });
  });

  test("refuses several statements at once, so that nothing slips in behind", async () => {
    expect((await ask("select 1; drop table orders")).error).toMatchObject({ code: "sql.failed" });
  });

  test("says when nobody answers, when the password is wrong and when the secret is no address", async () => {
    const query = "select 1";
    const ask = (address: string) =>
      runSample(
        sql,
        { config: { database: "postgres", connection: "{{ secrets.X }}", query } },
        { services: { ...NO_SERVICES, secrets: { get: async () => address } } },
      );
    expect((await ask("postgres://a:b@127.0.0.1:1/x")).error).toMatchObject({
      code: "sql.unreachable",
      retryable: true,
    });
    const wrong = (await ask(url.replace(/:[^:@]+@/, ":wrong@"))).error!;
    expect(wrong).toMatchObject({ code: "sql.refused", retryable: false });
    expect(JSON.stringify(wrong)).not.toContain("wrong@");
    expect((await ask("mysql://a")).error).toMatchObject({ code: "sql.bad-connection" });
  });
});

test("a query with braces is a mistake that shows before the run", () => {
  const parsed = sql.config.safeParse({ database: "sqlite", query: "select '{{ start.name }}'" });
  expect(parsed.error?.issues[0]).toMatchObject({
    code: "custom",
    path: ["query"],
    params: { text: { en: expect.stringContaining(":name") } },
  });
});

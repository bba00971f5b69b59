import pg from "pg";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../../../engine/lib/json.ts";
import { splitQuery } from "./parameters.ts";
import { safeInteger, toJson, type SqlQuery, type SqlResult } from "./query.ts";

/** SQLSTATE codes and classes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const QUERY_CANCELLED = "57014";
const READ_ONLY_TRANSACTION = "25006";
const REFUSED = /^28|^3D000/;
const BUSY = /^(40001|40P01|55P03|53|57P0)/;
const CONNECT_TIMEOUT = 10_000;

/** Runs a query on a PostgreSQL database, in a transaction of its own. @throws HeddleError `sql.*` */
export async function queryPostgres(url: string, query: SqlQuery, signal: AbortSignal): Promise<SqlResult> {
  signal.throwIfAborted();
  const client = new pg.Client({
    connectionString: checkedUrl(url),
    connectionTimeoutMillis: Math.min(CONNECT_TIMEOUT, query.timeout * 1000),
    statement_timeout: Math.ceil(query.timeout * 1000),
    application_name: "heddle",
    types: { getTypeParser: typeParser },
  });
  // A connection that breaks is told by the query that was under way.
  client.on("error", () => undefined);
  const cancel = () => void cancelQuery(client, url);
  try {
    await client.connect();
    signal.addEventListener("abort", cancel, { once: true });
    signal.throwIfAborted();
    return await inTransaction(client, query);
  } catch (error) {
    signal.throwIfAborted();
    throw explain(error, query.timeout);
  } finally {
    signal.removeEventListener("abort", cancel);
    await client.end().catch(() => undefined);
  }
}

async function inTransaction(client: pg.Client, query: SqlQuery): Promise<SqlResult> {
  await client.query(query.write ? "begin" : "begin read only");
  const result = await readRows(client, query);
  await client.query("commit");
  return result;
}

/** Keeps the first rows only, however many there are. */
function readRows(client: pg.Client, { text, values, limit }: SqlQuery): Promise<SqlResult> {
  const rows: JsonObject[] = [];
  let found = 0;
  return new Promise((resolve, reject) => {
    // Extended also without values: one statement only, so that nothing slips in behind it.
    const config = { ...positional(text, values), rowMode: "array" as const, queryMode: "extended" };
    const submitted = new pg.Query(config);
    submitted.on("row", (row: unknown, result?: pg.ResultBuilder) => {
      found += 1;
      if (found > limit) return;
      const fields = result?.fields ?? [];
      rows.push(Object.fromEntries((row as unknown[]).map((value, index) => [fields[index]!.name, toJson(value)])));
    });
    submitted.on("error", reject);
    submitted.on("end", (result: pg.ResultBuilder) => {
      const columns = result.fields.map(({ name }) => name);
      const count = columns.length > 0 ? rows.length : (result.rowCount ?? 0);
      resolve({ rows, count, columns, truncated: found > limit });
    });
    client.query(submitted);
  });
}

/** `:name` as PostgreSQL numbers them. Lists stay lists (`= any(:ids)`); objects become JSON. */
function positional(query: string, values: JsonObject): { text: string; values: unknown[] } {
  const names: string[] = [];
  const text = splitQuery(query).map((part) => {
    if ("text" in part) return part.text;
    if (!names.includes(part.name)) names.push(part.name);
    return `$${names.indexOf(part.name) + 1}`;
  });
  return { text: text.join(""), values: names.map((name) => toBound(values[name]!)) };
}

function toBound(value: JsonValue): unknown {
  const isList = Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null);
  return typeof value === "object" && value !== null && !isList ? JSON.stringify(value) : value;
}

const { builtins } = pg.types;
const asText = (value: string) => value;
const exactNumber = (value: string) =>
  String(Number(value)) === value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") ? Number(value) : value;

type Parser = (value: string) => unknown;

/** Numbers as numbers where that loses nothing; times as text, so that no time zone of this machine creeps in. */
const PARSERS = new Map<number, Parser>([
  [builtins.INT8, (value) => safeInteger(BigInt(value))],
  [builtins.NUMERIC, exactNumber],
  [builtins.DATE, asText],
  [builtins.TIME, asText],
  [builtins.TIMETZ, asText],
  [builtins.INTERVAL, asText],
  [builtins.TIMESTAMP, isoTime],
  [builtins.TIMESTAMPTZ, isoTime],
]);

const typeParser = (oid: Parameters<typeof pg.types.getTypeParser>[0]): Parser =>
  PARSERS.get(oid) ?? (pg.types.getTypeParser(oid) as Parser);

/** `2026-11-20 10:00:00+01` as ISO 8601 has it. */
function isoTime(value: string): string {
  return value
    .replace(" ", "T")
    .replace(/([+-]\d\d)$/, "$1:00")
    .replace("+00:00", "Z");
}

function checkedUrl(url: string): string {
  const parsed = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined;
  if (!parsed || !["postgres:", "postgresql:"].includes(parsed.protocol)) throw new HeddleError("sql.bad-connection");
  return url.trim();
}

/** The server goes on with a query whose client is gone, so it is told on a connection of its own. */
async function cancelQuery(client: pg.Client, url: string): Promise<void> {
  const { processID } = client as pg.Client & { processID?: number };
  const other = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT });
  other.on("error", () => undefined);
  try {
    await other.connect();
    await other.query("select pg_cancel_backend($1)", [processID]);
  } catch {
    // The statement’s own time limit is the second line.
  } finally {
    await other.end().catch(() => undefined);
  }
}

function explain(error: unknown, limit: number): unknown {
  if (error instanceof HeddleError || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const options = { cause: error };
  const detail = error.message || code;
  if (code === QUERY_CANCELLED) return new HeddleError("sql.timeout", { limit }, options);
  if (code === READ_ONLY_TRANSACTION) return new HeddleError("sql.read-only", {}, options);
  if (REFUSED.test(code)) return new HeddleError("sql.refused", { detail }, options);
  if (BUSY.test(code)) return new HeddleError("sql.busy", { detail }, options);
  if (error instanceof pg.DatabaseError) return new HeddleError("sql.failed", { detail: withHint(error) }, options);
  return new HeddleError("sql.unreachable", { detail }, options);
}

const withHint = ({ message, hint }: pg.DatabaseError) => (hint ? `${message} (${hint})` : message);

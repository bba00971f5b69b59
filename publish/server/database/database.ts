import { CompiledQuery, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { MIGRATIONS, type Catalogue } from "./schema.ts";

export interface CatalogueDatabase {
  db: Kysely<Catalogue>;
  url: string;
  close(): Promise<void>;
}

/** A pool of connections that are made when needed: opening succeeds while the database is away. */
export function openDatabase(url: string, connections: number): CatalogueDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 60_000,
  });
  // A connection that breaks while idle is replaced by the next query; without a listener it would end the process.
  pool.on("error", () => undefined);
  // The same for one that breaks between two queries of a transaction: the next query fails, and that is handled.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Catalogue>({ dialect: new PostgresDialect({ pool }) });
  return { db, url, close: () => db.destroy() };
}

/** Any number that only we use: two gateways that start at once must not migrate at once. */
const MIGRATION_LOCK = 4_839_201;

/** Brings the tables to this version. */
export async function migrate(db: Kysely<Catalogue>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
    await sql`create table if not exists heddle_migrations (name text primary key)`.execute(transaction);
    const done = await sql<{ name: string }>`select name from heddle_migrations`.execute(transaction);
    const names = new Set(done.rows.map((row) => row.name));
    for (const { name, statements } of MIGRATIONS.filter((migration) => !names.has(migration.name))) {
      for (const statement of statements) await transaction.executeQuery(CompiledQuery.raw(statement));
      await sql`insert into heddle_migrations (name) values (${name})`.execute(transaction);
    }
  });
}

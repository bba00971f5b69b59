import { existsSync } from "node:fs";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { StepContext } from "../../../engine/node/operation.ts";
import { RemoteError } from "../../isolated/channel.ts";
import { ProcessEnded } from "../../isolated/isolated-process.ts";
import { ProcessPool } from "../../isolated/process-pool.ts";
import { firstWord } from "./parameters.ts";
import type { SqlQuery, SqlResult } from "./query.ts";

/** ms that a process is kept for the next query. */
const IDLE = 20_000;
const pool = new ProcessPool({ entry: new URL("./sqlite-process.ts", import.meta.url) }, { size: 4, idle: IDLE });

/** What reaches other files than the one that the step names, or changes how the connection behaves. */
const REFUSED = ["ATTACH", "DETACH", "VACUUM", "PRAGMA", "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"];

/** Runs a query on a SQLite file of the project. @throws HeddleError `sql.*`, `file.*` */
export async function querySqlite(file: string, query: SqlQuery, ctx: StepContext): Promise<SqlResult> {
  const statement = firstWord(query.text);
  if (REFUSED.includes(statement)) throw new HeddleError("sql.not-allowed", { statement });
  const path = ctx.files.resolve(file);
  if (!query.write && !existsSync(path)) throw new HeddleError("file.missing", { path: file });
  const timeout = AbortSignal.timeout(query.timeout * 1000);
  const signal = AbortSignal.any([ctx.signal, timeout]);
  try {
    return (await pool.use(signal, (process) => process.call("query", [path, query], signal))) as SqlResult;
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (timeout.aborted) throw new HeddleError("sql.timeout", { limit: query.timeout }, { cause: error });
    throw explain(error, file);
  }
}

function explain(error: unknown, file: string): unknown {
  if (error instanceof ProcessEnded) return new HeddleError("sql.crashed", { detail: error.detail }, { cause: error });
  if (!(error instanceof RemoteError)) return error;
  const { name, message } = error;
  if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED"))
    return new HeddleError("sql.busy", { detail: message }, { cause: error });
  if (name.startsWith("SQLITE_READONLY")) return new HeddleError("sql.read-only", {}, { cause: error });
  if (name === "SQLITE_NOTADB" || name.startsWith("SQLITE_CORRUPT"))
    return new HeddleError("file.unparseable", { path: file, kind: "SQLite", detail: message }, { cause: error });
  if (name === "SQLITE_CANTOPEN")
    return new HeddleError("file.unreadable", { path: file, detail: message }, { cause: error });
  return new HeddleError("sql.failed", { detail: message }, { cause: error });
}

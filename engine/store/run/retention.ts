import type Sqlite from "better-sqlite3";
import { TurnRows } from "../../driver/turn-rows.ts";
import type { BlobStore } from "../blob-store.ts";
import type { Database } from "../database.ts";
import type { PrunePolicy } from "../run-service.ts";
import type { RunStore, StoredRun } from "../runs.ts";
import { WaitStore } from "./wait-store.ts";

const DAY_MS = 86_400_000;

/** Which large values runs hold, and how runs go. All methods @throw HeddleError `store.*` */
export class Retention {
  private readonly database: Database;
  private readonly runs: RunStore;
  private readonly rows: TurnRows;
  private readonly waits: WaitStore;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(database: Database, runs: RunStore) {
    this.database = database;
    this.runs = runs;
    this.rows = database.guard((sql) => new TurnRows(sql));
    this.waits = new WaitStore(database);
    this.statements = database.guard(prepare);
  }

  hold(run: number, digests: readonly string[]): void {
    for (const digest of digests) this.statements.hold.run(digest, run);
  }

  holds(run: number, digest: string): boolean {
    return this.database.guard(() => this.statements.holds.get(digest, run)) !== undefined;
  }

  remove(run: StoredRun): void {
    this.database.guard((sql) =>
      sql
        .transaction(() => {
          this.rows.remove(run.number);
          this.waits.closeAll(run.number);
          this.statements.release.run(run.number);
          this.runs.remove(run.number);
        })
        .immediate(),
    );
  }

  /** Removes what the policy says, and values that no run holds. */
  prune({ days, runs }: PrunePolicy, values: BlobStore | undefined): number {
    const before = days === undefined ? undefined : Date.now() - days * DAY_MS;
    const old = this.runs.outdated({ ...(before !== undefined && { before }), ...(runs !== undefined && { runs }) });
    for (const run of old) this.remove(run);
    this.runs.removeUnusedFlows();
    values?.removeAllBut((digest) => this.database.guard(() => this.statements.isHeld.get(digest)) !== undefined);
    return old.length;
  }
}

function prepare(sql: Sqlite.Database) {
  return {
    hold: sql.prepare<[string, number]>("INSERT OR IGNORE INTO held_values (digest, run) VALUES (?, ?)"),
    holds: sql.prepare<[string, number], unknown>("SELECT 1 FROM held_values WHERE digest = ? AND run = ?"),
    isHeld: sql.prepare<[string], unknown>("SELECT 1 FROM held_values WHERE digest = ? LIMIT 1"),
    release: sql.prepare<[number]>("DELETE FROM held_values WHERE run = ?"),
  };
}

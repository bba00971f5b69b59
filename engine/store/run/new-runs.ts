import type { Database } from "../database.ts";
import type { NewRun, RunStore, StoredRun } from "../runs.ts";

interface Asked {
  run: NewRun;
  resolve(stored: StoredRun | undefined): void;
  reject(reason: unknown): void;
}

/** Keeps new runs; those that are asked for at the same moment in one transaction. */
export class NewRuns {
  private readonly database: Database;
  private readonly runs: RunStore;
  private asked: Asked[] = [];

  constructor(database: Database, runs: RunStore) {
    this.database = database;
    this.runs = runs;
  }

  /** Undefined when a run has the idempotency key already. @throws HeddleError `store.*` */
  add(run: NewRun): Promise<StoredRun | undefined> {
    return new Promise((resolve, reject) => {
      this.asked.push({ run, resolve, reject });
      if (this.asked.length === 1) queueMicrotask(() => this.write());
    });
  }

  private write(): void {
    const { asked } = this;
    this.asked = [];
    try {
      const keep = () => asked.map(({ run }) => this.runs.add(run));
      const stored = this.database.guard((sql) => sql.transaction(keep).immediate());
      asked.forEach(({ resolve }, index) => resolve(stored[index]));
    } catch (thrown) {
      for (const { reject } of asked) reject(thrown);
    }
  }
}

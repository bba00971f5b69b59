import { dirname, join } from "node:path";
import { TurnStore } from "../../driver/turn-store.ts";
import { BlobStore } from "../blob-store.ts";
import type { Database } from "../database.ts";
import { RunStore } from "../runs.ts";
import { Mailbox } from "./mailbox.ts";
import { Retention } from "./retention.ts";

/** All that is kept of runs. */
export interface RunStores {
  runs: RunStore;
  turns: TurnStore;
  mailbox: Mailbox;
  retention: Retention;
  /** None beside a database in memory: every value then stays with its run. */
  values?: BlobStore;
}

const BLOB_FOLDER = "blobs";

/** `folded` is called when turns came into the database that changed more than their run's journal. @throws HeddleError `store.*` */
export function openRunStores(database: Database, folded: () => void): RunStores {
  const runs = new RunStore(database);
  const mailbox = new Mailbox(database);
  const retention = new Retention(database, runs);
  const values = database.sql.memory ? undefined : new BlobStore(join(dirname(database.path), BLOB_FOLDER));
  const turns = new TurnStore({
    sql: database.sql,
    ...(values && { values }),
    folding(run, changes) {
      mailbox.change(run, changes);
      if (changes.held) retention.hold(run, changes.held);
    },
    folded,
  });
  return { runs, turns, mailbox, retention, ...(values && { values }) };
}

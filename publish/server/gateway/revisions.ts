import { sql, type Kysely } from "kysely";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { Bundle } from "../../bundle/index.ts";
import type { Revision } from "../../api.ts";
import type { Catalogue } from "../database/schema.ts";
import { ROUTE_CHANNEL } from "../run-channel.ts";
import { available } from "./run-records.ts";

/** `input` and `triggers` are JSON. */
export interface RevisionContent {
  digest: string;
  title: string;
  input: string;
  triggers: string;
}

/** What was published: bundles by digest, revisions by flow and number, and which of them each flow answers with. */
export interface Revisions {
  keepBundle(bundle: Bundle): Promise<void>;
  /** The name that the bundle was signed under. @throws HeddleError `publish.bundle-unknown` */
  nameOfBundle(digest: string): Promise<string>;
  /** Makes the bundle the flow's newest revision and routes to it. The bundle that is active already stays the revision it is. */
  activate(flow: string, content: RevisionContent): Promise<number>;
  /** Routes to an earlier revision. @throws HeddleError `publish.revision-unknown` */
  routeTo(flow: string, revision: number): Promise<void>;
  list(flow: string): Promise<Revision[]>;
}

export function createRevisions(db: Kysely<Catalogue>): Revisions {
  type Transaction = Parameters<Parameters<ReturnType<Kysely<Catalogue>["transaction"]>["execute"]>[0]>[0];

  async function route(transaction: Transaction, flow: string, revision: number): Promise<void> {
    const target = { revision, activated_at: Date.now() };
    const insert = transaction.insertInto("routes").values({ flow, ...target });
    await insert.onConflict((conflict) => conflict.column("flow").doUpdateSet(target)).execute();
    await sql`select pg_notify(${ROUTE_CHANNEL}, ${flow})`.execute(transaction);
  }

  return {
    keepBundle: (bundle) =>
      available(async () => {
        const row = { digest: bundle.digest, bundle: JSON.stringify(bundle), created_at: Date.now() };
        // The same content published again may come with a reformatted file and its own signature: the last one stays.
        const insert = db.insertInto("bundles").values(row);
        await insert.onConflict((conflict) => conflict.column("digest").doUpdateSet({ bundle: row.bundle })).execute();
      }),
    nameOfBundle: (digest) =>
      available(async () => {
        const row = await db.selectFrom("bundles").select("bundle").where("digest", "=", digest).executeTakeFirst();
        if (!row) throw new HeddleError("publish.bundle-unknown", { digest });
        return (JSON.parse(row.bundle) as Bundle).name;
      }),
    activate: (flow, { digest, title, input, triggers }) =>
      available(() =>
        db.transaction().execute(async (transaction) => {
          await sql`select pg_advisory_xact_lock(hashtext(${flow}))`.execute(transaction);
          const newest = await transaction
            .selectFrom("revisions")
            .select(["revision", "digest"])
            .where("flow", "=", flow)
            .orderBy("revision", "desc")
            .executeTakeFirst();
          const revision = newest?.digest === digest ? newest.revision : (newest?.revision ?? 0) + 1;
          if (newest?.digest !== digest) {
            await transaction
              .insertInto("revisions")
              .values({ flow, revision, digest, title, input, triggers, created_at: Date.now() })
              .execute();
          }
          await route(transaction, flow, revision);
          return revision;
        }),
      ),
    routeTo: (flow, revision) =>
      available(() =>
        db.transaction().execute(async (transaction) => {
          const rows = transaction.selectFrom("revisions").select("revision").where("flow", "=", flow);
          const row = await rows.where("revision", "=", revision).executeTakeFirst();
          if (!row) throw new HeddleError("publish.revision-unknown", { flow, revision });
          await route(transaction, flow, revision);
        }),
      ),
    list: (flow) =>
      available(async () => {
        const active = await db.selectFrom("routes").select("revision").where("flow", "=", flow).executeTakeFirst();
        const rows = await db
          .selectFrom("revisions")
          .selectAll()
          .where("flow", "=", flow)
          .orderBy("revision", "desc")
          .execute();
        return rows.map(({ revision, digest, created_at: at }) => ({
          flow,
          revision,
          digest,
          at,
          active: revision === active?.revision,
        }));
      }),
  };
}

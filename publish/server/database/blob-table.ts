import type { Kysely } from "kysely";
import type { BlobTable } from "../result-store.ts";
import type { Catalogue } from "./schema.ts";

/** Large step results in PostgreSQL. JSON text holds U+0000 only escaped, so its `text` takes every one. */
export function createBlobTable(db: Kysely<Catalogue>): BlobTable {
  return {
    async put(digest, text) {
      const insert = db.insertInto("blobs").values({ digest, text, created_at: Date.now() });
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
    },
    async get(digest) {
      const row = await db.selectFrom("blobs").select("text").where("digest", "=", digest).executeTakeFirst();
      return row?.text;
    },
  };
}

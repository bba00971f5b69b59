import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Kysely } from "kysely";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { KeyResource } from "../../api.ts";
import type { Catalogue } from "../database/schema.ts";

/** Who calls: the operator, or the holder of an API key. */
export interface Caller {
  id: string;
  admin: boolean;
}

/** Keys as hashes. What was read once still counts while the database is away. */
export interface Authority {
  /** @throws HeddleError `publish.unauthorized` */
  identify(authorization: string | undefined): Promise<Caller>;
  create(name: string): Promise<KeyResource>;
  list(): Promise<KeyResource[]>;
  revoke(id: string): Promise<void>;
  refresh(): Promise<void>;
}

const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

export function createAuthority(db: Kysely<Catalogue>, adminKey: string): Authority {
  let known: ReadonlyMap<string, string> = new Map();
  const adminHash = Buffer.from(hashOf(adminKey));

  async function refresh(): Promise<void> {
    const rows = await db.selectFrom("api_keys").select(["hash", "id"]).execute();
    known = new Map(rows.map((row) => [row.hash, row.id]));
  }

  return {
    refresh,
    async identify(authorization) {
      const key = /^Bearer\s+(\S+)$/i.exec(authorization ?? "")?.[1];
      if (!key) throw new HeddleError("publish.unauthorized");
      const hash = hashOf(key);
      if (timingSafeEqual(Buffer.from(hash), adminHash)) return { id: "admin", admin: true };
      // A key that another gateway made a moment ago isn't known here yet.
      if (!known.has(hash)) await refresh().catch(() => undefined);
      const id = known.get(hash);
      if (id === undefined) throw new HeddleError("publish.unauthorized");
      return { id, admin: false };
    },
    async create(name) {
      const key = `hk_${randomBytes(24).toString("base64url")}`;
      const row = { id: `key_${randomUUID()}`, name, hash: hashOf(key), created_at: Date.now() };
      await db.insertInto("api_keys").values(row).execute();
      await refresh();
      return { id: row.id, name, at: row.created_at, key };
    },
    async list() {
      const rows = await db.selectFrom("api_keys").select(["id", "name", "created_at"]).orderBy("created_at").execute();
      return rows.map((row) => ({ id: row.id, name: row.name, at: row.created_at }));
    },
    async revoke(id) {
      await db.deleteFrom("api_keys").where("id", "=", id).execute();
      await refresh();
    },
  };
}

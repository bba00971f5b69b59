import type Sqlite from "better-sqlite3";
import type { JsonValue } from "../../lib/json.ts";
import type { Database } from "../database.ts";
import type { OutsideEvent } from "../run-service.ts";

/** How long an event is kept for who will wait for it, and its id so that it counts once. */
const KEPT_MS = 86_400_000;

/** Events from outside. All methods @throw HeddleError `store.*` */
export class EventStore {
  private readonly statements: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.statements = database.guard(prepare);
  }

  /** False when an event with this id came before. */
  add({ event, key, payload, id }: OutsideEvent, now: number): boolean {
    this.statements.forget.run(now - KEPT_MS);
    return this.statements.add.run(id ?? null, event, key ?? null, JSON.stringify(payload), now).changes > 0;
  }

  /** Somebody got the event that was added last. */
  delivered(): void {
    this.statements.deliveredLast.run();
  }

  /** Takes the oldest event that a wait for this name (and key, where it names one) may have and nobody got. */
  take(event: string, key: string | undefined, now: number): JsonValue | undefined {
    const row = this.statements.find.get({ event, key: key ?? null, since: now - KEPT_MS });
    if (!row) return undefined;
    this.statements.delivered.run(row.number);
    return JSON.parse(row.payload) as JsonValue;
  }
}

function prepare(sql: Sqlite.Database) {
  return {
    add: sql.prepare<[string | null, string, string | null, string, number]>(
      `INSERT INTO outside_events (id, event, event_key, payload, at, delivered) VALUES (?, ?, ?, ?, ?, 0)
       ON CONFLICT (id) DO NOTHING`,
    ),
    deliveredLast: sql.prepare<[]>(
      "UPDATE outside_events SET delivered = 1 WHERE number = (SELECT max(number) FROM outside_events)",
    ),
    delivered: sql.prepare<[number]>("UPDATE outside_events SET delivered = 1 WHERE number = ?"),
    find: sql.prepare<[{ event: string; key: string | null; since: number }], { number: number; payload: string }>(
      `SELECT number, payload FROM outside_events
       WHERE event = :event AND delivered = 0 AND at > :since AND (:key IS NULL OR event_key = :key) ORDER BY number LIMIT 1`,
    ),
    forget: sql.prepare<[number]>("DELETE FROM outside_events WHERE at <= ?"),
  };
}

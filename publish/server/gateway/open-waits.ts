import { sql, type Kysely, type Selectable } from "kysely";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../../engine/lib/json.ts";
import type { Wait } from "../../../engine/node/operation.ts";
import type { OpenWait } from "../../../engine/rpc/contract.ts";
import { checkAnswer } from "../../../engine/run/check-answer.ts";
import type { Catalogue } from "../database/schema.ts";
import type { RunEngine } from "./engine.ts";
import { available } from "./run-records.ts";

/** An event from outside. The same `id` counts once. */
export interface OutsideEvent {
  id: string;
  event: string;
  key?: string | undefined;
  payload: JsonValue;
}

/** What the cluster's runs wait for, and the ways to wake them. @throws HeddleError `publish.catalog-unavailable` when the database is away */
export interface OpenWaits {
  /** Tasks for people, oldest first. */
  tasks(): Promise<OpenWait[]>;
  /** @throws HeddleError `publish.wait-unknown`, and what the answer lacks in words */
  answer(answer: { runId: string; path: string; value: JsonValue }): Promise<void>;
  /** Keeps the event for a day and wakes who waits for it; returns how many waits it woke so far. */
  send(event: OutsideEvent): Promise<number>;
  /** Brings kept events to waits that they fit and that they haven't woken yet: for waits that began after the event came. */
  deliver(): Promise<void>;
}

const KEPT_MS = 24 * 3_600_000;

export function createOpenWaits(db: Kysely<Catalogue>, engine: Pick<RunEngine, "answer">): OpenWaits {
  async function wake(wait: { runId: string; path: string; value: JsonValue }): Promise<void> {
    await engine.answer(wait);
    await db.deleteFrom("waits").where("run_id", "=", wait.runId).where("path", "=", wait.path).execute();
  }

  async function deliver(): Promise<void> {
    for (const { run_id: runId, path, id, payload } of await due(db)) {
      // Recorded after the answer: a gateway that dies in between answers again, and Restate takes one of both.
      await wake({ runId, path, value: JSON.parse(payload) as JsonValue });
      const insert = db.insertInto("deliveries").values({ event_id: id, run_id: runId, path });
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
    }
    await db
      .deleteFrom("outside_events")
      .where("created_at", "<", Date.now() - KEPT_MS)
      .execute();
  }

  return {
    tasks: () =>
      available(async () => {
        const rows = db.selectFrom("waits").selectAll().where("kind", "=", "task").orderBy("since");
        return (await rows.execute()).map(openWait);
      }),
    answer: ({ runId, path, value }) =>
      available(async () => {
        const waiting = db.selectFrom("waits").selectAll().where("run_id", "=", runId).where("path", "=", path);
        const row = await waiting.executeTakeFirst();
        if (!row) throw new HeddleError("publish.wait-unknown", { run: runId, path });
        const { wait } = openWait(row);
        await wake({ runId, path, value: checkAnswer(wait, value) });
      }),
    send: ({ id, event, key, payload }) =>
      available(async () => {
        const row = { id, event, key: key ?? null, payload: JSON.stringify(payload), created_at: Date.now() };
        const insert = db.insertInto("outside_events").values(row);
        await insert.onConflict((conflict) => conflict.doNothing()).execute();
        await deliver();
        const woken = db.selectFrom("deliveries").select(({ fn }) => fn.countAll<string>().as("count"));
        return Number((await woken.where("event_id", "=", id).executeTakeFirstOrThrow()).count);
      }),
    deliver: () => available(deliver),
  };
}

interface Due {
  run_id: string;
  path: string;
  id: string;
  payload: string;
}

/** For each wait the first event that fits it: one that came since the wait began, or an earlier one that woke nobody yet. */
async function due(db: Kysely<Catalogue>): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select distinct on (waits.run_id, waits.path) waits.run_id, waits.path, outside_events.id, outside_events.payload
    from waits
    join outside_events on outside_events.event = waits.event and (waits.key is null or waits.key = outside_events.key)
    where not exists (select from deliveries where deliveries.run_id = waits.run_id and deliveries.path = waits.path)
      and (outside_events.created_at >= waits.since
        or not exists (select from deliveries where deliveries.event_id = outside_events.id))
    order by waits.run_id, waits.path, outside_events.created_at`.execute(db);
  return rows;
}

function openWait(row: Selectable<Catalogue["waits"]>): OpenWait {
  return {
    runId: row.run_id,
    flow: row.flow,
    path: row.path,
    node: row.node,
    wait: JSON.parse(row.wait) as Wait,
    since: row.since,
    ...(row.until !== null && { until: row.until }),
  };
}

import type { Kysely } from "kysely";
import { dueBetween } from "../../../engine/triggers/due.ts";
import { missedFirings } from "../../../engine/triggers/missed.ts";
import { scheduleConfig, type ScheduleConfig } from "../../../nodes/io/triggers.ts";
import type { Catalogue } from "../database/schema.ts";
import type { RunEngine } from "./engine.ts";
import type { Route, RouteTable } from "./routes.ts";
import type { RunRecords } from "./run-records.ts";
import { submitRun } from "./submit.ts";

export interface SchedulesOptions {
  db: Kysely<Catalogue>;
  routes: RouteTable;
  engine: RunEngine;
  records: RunRecords;
}

/** Starts the runs of published flows that have a schedule. */
export interface Schedules {
  /** Starts what has become due up to `now` (ms since 1970) and wasn't started yet. Any number of gateways may call it at once. */
  fire(now: number): Promise<void>;
}

export function createSchedules({ db, routes, engine, records }: SchedulesOptions): Schedules {
  async function lastDue(flow: string, node: string): Promise<number | undefined> {
    const rows = db.selectFrom("firings").select("due_at").where("flow", "=", flow).where("node", "=", node);
    return (await rows.executeTakeFirst())?.due_at;
  }

  async function fireTrigger(route: Route, node: string, config: ScheduleConfig, now: number): Promise<void> {
    const since = Math.max((await lastDue(route.flow, node)) ?? 0, route.at);
    const due = dueBetween({ ...config, timeZone: config.timeZone || "UTC" }, since, now);
    for (const at of missedFirings(due, { missed: config.missed, now })) {
      // The run's id and input follow from the due time: whoever comes second, or again after a crash, finds the same run.
      const input = { scheduledAt: new Date(at).toISOString() };
      await submitRun(
        { route, input, trigger: node, caller: `schedule/${node}`, idempotencyKey: String(at) },
        engine,
        records,
      );
    }
    const last = due.at(-1);
    if (last === undefined) return;
    const insert = db.insertInto("firings").values({ flow: route.flow, node, due_at: last });
    await insert.onConflict((conflict) => conflict.columns(["flow", "node"]).doUpdateSet({ due_at: last })).execute();
  }

  return {
    async fire(now) {
      for (const route of routes.list()) {
        for (const { node, kind, config } of route.triggers) {
          if (kind === "schedule") await fireTrigger(route, node, scheduleConfig.parse(config), now);
        }
      }
    },
  };
}

import type { Kysely, Selectable } from "kysely";
import { HeddleError, serializedErrorSchema } from "../../../engine/lib/errors/error.ts";
import type { DurableEvent, RunState } from "../../../engine/run/events.ts";
import type { RunResource } from "../../api.ts";
import type { Catalogue } from "../database/schema.ts";

type RunRow = Selectable<Catalogue["runs"]>;

/** What the catalogue knows of runs. @throws HeddleError `publish.catalog-unavailable` when the database is away */
export interface RunRecords {
  /** Notes a run before it starts; the row that stands afterwards, which is an earlier one for a repeated call. */
  open(run: Pick<RunRow, "run_id" | "flow" | "revision" | "digest" | "input_hash" | "started_at">): Promise<RunRow>;
  /** Takes back the row of a run that never started. */
  drop(runId: string): Promise<void>;
  /** @throws HeddleError `publish.run-unknown` */
  get(runId: string): Promise<RunResource>;
  list(filter: { flow?: string; limit: number }): Promise<RunResource[]>;
  events(runId: string, after: number): Promise<DurableEvent[]>;
}

export function createRunRecords(db: Kysely<Catalogue>): RunRecords {
  const events = async (runId: string, after: number): Promise<DurableEvent[]> => {
    const query = db.selectFrom("run_events").select("event").where("run_id", "=", runId).where("seq", ">", after);
    return (await query.orderBy("seq").execute()).map((row) => JSON.parse(row.event) as DurableEvent);
  };
  const find = async (runId: string): Promise<RunRow> => {
    const row = await db.selectFrom("runs").selectAll().where("run_id", "=", runId).executeTakeFirst();
    if (!row) throw new HeddleError("publish.run-unknown", { run: runId });
    return row;
  };
  return {
    open: (run) =>
      available(async () => {
        const inserted = db.insertInto("runs").values({ ...run, state: "running" });
        await inserted.onConflict((conflict) => conflict.doNothing()).execute();
        return find(run.run_id);
      }),
    async drop(runId) {
      const started = db.selectFrom("run_events").select("seq").where("run_id", "=", runId);
      const row = db
        .deleteFrom("runs")
        .where("run_id", "=", runId)
        .where(({ not, exists }) => not(exists(started)));
      await row.execute().catch(() => undefined);
    },
    get: (runId) =>
      available(async () => {
        const [row, recorded] = await Promise.all([find(runId), events(runId, 0)]);
        return { ...resourceOf(row), ...inputAndOutput(recorded) };
      }),
    list: ({ flow, limit }) =>
      available(async () => {
        const query = db.selectFrom("runs").selectAll().orderBy("started_at", "desc").limit(limit);
        const rows = await (flow === undefined ? query : query.where("flow", "=", flow)).execute();
        return rows.map(resourceOf);
      }),
    events: (runId, after) => available(() => events(runId, after)),
  };
}

export async function available<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HeddleError) throw error;
    throw new HeddleError("publish.catalog-unavailable", {}, { cause: error });
  }
}

function resourceOf(row: RunRow): RunResource {
  return {
    runId: row.run_id,
    flow: row.flow,
    revision: row.revision,
    state: row.state as RunState,
    usage: { inputTokens: row.input_tokens, outputTokens: row.output_tokens },
    startedAt: row.started_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(row.error !== null && { error: serializedErrorSchema.parse(JSON.parse(row.error)) }),
  };
}

function inputAndOutput(events: readonly DurableEvent[]): Pick<RunResource, "input" | "output"> {
  const first = events[0];
  const last = events.at(-1);
  return {
    ...(first?.type === "run.started" && { input: first.input }),
    ...(last?.type === "run.completed" && { output: last.output }),
  };
}

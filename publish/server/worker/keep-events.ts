import { sql, type Kysely, type Transaction } from "kysely";
import { isFinal, type DurableEvent, type FinalEvent, type RunEvent } from "../../../engine/run/events.ts";
import { joinDeltas } from "../../../engine/run/live-text.ts";
import type { Catalogue } from "../database/schema.ts";
import type { RunRequest } from "../run-request.ts";
import { encodeNotice, RUN_CHANNEL } from "../run-channel.ts";
import { keepWaits } from "./keep-waits.ts";

/** Writes events in one transaction: durable ones once by (run, seq), the run's row brought up to them, and a notice for each to the gateways. */
export async function keepEvents(
  db: Kysely<Catalogue>,
  events: readonly RunEvent[],
  runs: ReadonlyMap<string, RunRequest>,
): Promise<void> {
  const durable = events.filter((event): event is DurableEvent => "seq" in event);
  const notices = joined(events)
    .map(encodeNotice)
    .filter((notice) => notice !== undefined);
  await db.transaction().execute(async (transaction) => {
    if (durable.length > 0) await insertEvents(transaction, durable);
    for (const event of durable) {
      if (event.type === "run.started") await openRun(transaction, runs.get(event.runId));
      if (event.type === "run.waiting") await setState(transaction, event.runId, "waiting");
      if (event.type === "run.resumed") await setState(transaction, event.runId, "running");
      if (isFinal(event)) await finishRun(transaction, event);
    }
    await keepWaits(transaction, durable, runs);
    await sql`select pg_notify(${RUN_CHANNEL}, notice) from unnest(${notices}::text[]) as notices (notice)`.execute(
      transaction,
    );
  });
}

/** Live text that follows on itself as one delta. */
function joined(events: readonly RunEvent[]): RunEvent[] {
  const told: RunEvent[] = [];
  for (const event of events) {
    const before = told.at(-1);
    const both =
      before && !("seq" in before) && !("seq" in event) && before.runId === event.runId
        ? joinDeltas(before, event)
        : undefined;
    if (both) told[told.length - 1] = both;
    else told.push(event);
  }
  return told;
}

async function insertEvents(transaction: Transaction<Catalogue>, events: readonly DurableEvent[]): Promise<void> {
  const rows = {
    runIds: events.map((event) => event.runId),
    seqs: events.map((event) => event.seq),
    texts: events.map((event) => JSON.stringify(event)),
  };
  await sql`insert into run_events (run_id, seq, event)
    select * from unnest(${rows.runIds}::text[], ${rows.seqs}::integer[], ${rows.texts}::text[])
    on conflict do nothing`.execute(transaction);
}

/** The gateway made this row already, unless the database was away just then. */
async function openRun(transaction: Transaction<Catalogue>, run: RunRequest | undefined): Promise<void> {
  if (!run) return;
  const row = {
    run_id: run.runId,
    flow: run.flow,
    revision: run.revision,
    digest: run.digest,
    input_hash: run.inputHash,
  };
  const insert = transaction.insertInto("runs").values({ ...row, state: "running", started_at: run.startedAt });
  await insert.onConflict((conflict) => conflict.doNothing()).execute();
}

async function setState(
  transaction: Transaction<Catalogue>,
  runId: string,
  state: "waiting" | "running",
): Promise<void> {
  await transaction
    .updateTable("runs")
    .set({ state })
    .where("run_id", "=", runId)
    .where("ended_at", "is", null)
    .execute();
}

const FINAL_STATES = { "run.completed": "succeeded", "run.failed": "failed", "run.cancelled": "cancelled" } as const;

async function finishRun(transaction: Transaction<Catalogue>, event: FinalEvent): Promise<void> {
  const { usage } = event;
  await transaction
    .updateTable("runs")
    .set({
      state: FINAL_STATES[event.type],
      ended_at: event.at,
      ...(usage && { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens }),
      ...(event.type === "run.failed" && { error: JSON.stringify(event.error) }),
    })
    .where("run_id", "=", event.runId)
    .execute();
}

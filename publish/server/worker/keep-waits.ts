import { sql, type Transaction } from "kysely";
import { isFinal, type DurableEvent } from "../../../engine/run/events.ts";
import type { Catalogue } from "../database/schema.ts";
import type { RunRequest } from "../run-request.ts";

/** Brings the table of open waits up to these events: the inbox and the delivery of events read it. */
export async function keepWaits(
  transaction: Transaction<Catalogue>,
  events: readonly DurableEvent[],
  runs: ReadonlyMap<string, RunRequest>,
): Promise<void> {
  for (const event of events) {
    if (event.type === "step.waiting") await openWait(transaction, event, runs.get(event.runId)?.flow ?? "");
  }
  await closeWaits(transaction, events.filter(endsStep));
  const ended = events.filter(isFinal).map((event) => event.runId);
  if (ended.length > 0) await transaction.deleteFrom("waits").where("run_id", "in", ended).execute();
}

async function openWait(
  transaction: Transaction<Catalogue>,
  { runId, path, node, wait, at, until }: Extract<DurableEvent, { type: "step.waiting" }>,
  flow: string,
): Promise<void> {
  // A delay wakes itself.
  if (wait.kind === "delay") return;
  const named = wait.kind === "event" ? { event: wait.event, key: wait.key ?? null } : { event: null, key: null };
  const row = { run_id: runId, path, flow, node, wait: JSON.stringify(wait), kind: wait.kind, ...named };
  const insert = transaction.insertInto("waits").values({ ...row, since: at, until: until ?? null });
  await insert.onConflict((conflict) => conflict.doNothing()).execute();
}

type StepEnd = Extract<DurableEvent, { type: "step.completed" | "step.failed" | "step.skipped" }>;

const endsStep = (event: DurableEvent): event is StepEnd =>
  event.type === "step.completed" || event.type === "step.failed" || event.type === "step.skipped";

/** Steps that ended wait no more, and nothing inside them does. */
async function closeWaits(transaction: Transaction<Catalogue>, ended: readonly StepEnd[]): Promise<void> {
  if (ended.length === 0) return;
  const runIds = ended.map((event) => event.runId);
  const paths = ended.map((event) => event.path);
  await sql`delete from waits using unnest(${runIds}::text[], ${paths}::text[]) as ended (run_id, path)
    where waits.run_id = ended.run_id and (waits.path = ended.path or starts_with(waits.path, ended.path || '/'))`.execute(
    transaction,
  );
}

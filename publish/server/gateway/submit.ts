import { createHash, randomUUID } from "node:crypto";
import { canonicalJson } from "../../../engine/lib/canonical-json.ts";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../../engine/lib/json.ts";
import type { RunRequest } from "../run-request.ts";
import type { RunEngine } from "./engine.ts";
import type { Route } from "./routes.ts";
import type { RunRecords } from "./run-records.ts";

export interface Call {
  route: Route;
  input: JsonValue;
  /** The trigger that the run begins with; left out: the one for calls. */
  trigger?: string;
  caller: string;
  idempotencyKey: string | undefined;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Starts the run of a call, or finds the one that an earlier call with the same key started. @throws HeddleError `publish.*` */
export async function submitRun(call: Call, engine: RunEngine, records: RunRecords): Promise<RunRequest> {
  const { route, input, trigger } = call;
  const run: RunRequest = {
    runId: runIdOf(call),
    flow: route.flow,
    revision: route.revision,
    digest: route.digest,
    input,
    ...(trigger && { trigger }),
    inputHash: sha256(canonicalJson(input)),
    startedAt: Date.now(),
  };
  const { earlier, inputHash, revision } = await note(run, records);
  if (inputHash !== run.inputHash) {
    throw new HeddleError("publish.idempotency-conflict", { key: call.idempotencyKey ?? "" });
  }
  try {
    await engine.submit(run);
  } catch (error) {
    if (!earlier) await records.drop(run.runId);
    throw error;
  }
  return { ...run, revision };
}

/** One key of one caller for one flow is one run: the id follows from them, so that every gateway finds it without asking another. */
function runIdOf({ caller, route, idempotencyKey }: Call): string {
  const key = idempotencyKeyOf(idempotencyKey);
  if (key === undefined) return `run_${randomUUID().replaceAll("-", "")}`;
  return `run_${sha256(canonicalJson([caller, route.flow, key])).slice(0, 32)}`;
}

/** The key as it was sent, where one was. @throws HeddleError `publish.idempotency-key-invalid` */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header !== undefined && !/^[\x20-\x7e]{1,200}$/.test(header))
    throw new HeddleError("publish.idempotency-key-invalid");
  return header;
}

/** The run's row. While the database is away the run goes on without: the worker brings it later. */
async function note(
  run: RunRequest,
  records: RunRecords,
): Promise<{ earlier: boolean; inputHash: string; revision: number }> {
  const { runId, flow, revision, digest, inputHash, startedAt } = run;
  try {
    const row = await records.open({
      run_id: runId,
      flow,
      revision,
      digest,
      input_hash: inputHash,
      started_at: startedAt,
    });
    return { earlier: row.started_at !== startedAt, inputHash: row.input_hash, revision: row.revision };
  } catch (error) {
    if (!(error instanceof HeddleError) || error.code !== "publish.catalog-unavailable") throw error;
    return { earlier: false, inputHash, revision };
  }
}

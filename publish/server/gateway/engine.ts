import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../../engine/lib/json.ts";
import {
  checkAnswerSchema,
  RUN_SERVICE,
  runOutcomeSchema,
  type AnswerRequest,
  type CheckAnswer,
  type RunOutcome,
  type RunRequest,
} from "../run-request.ts";
import { submitRun } from "../submit-run.ts";

/** The durable-execution engine as the gateway uses it. Runs are addressed by our run id, which is Restate's idempotency key. */
export interface RunEngine {
  /** Hands a run over; returns when it is recorded. The same run again is the same run. @throws HeddleError `publish.engine-unavailable` */
  submit(run: RunRequest): Promise<void>;
  /** Waits for a run that was submitted. The run goes on when the waiting is aborted. */
  outcome(runId: string, signal: AbortSignal): Promise<RunOutcome>;
  cancel(runId: string): Promise<void>;
  /** Answers a wait of a run; a second answer changes nothing. Returns when it is recorded. */
  answer(answer: { runId: string; path: string; value: JsonValue }): Promise<void>;
  /** Asks a worker whether it can run a bundle. */
  check(digest: string): Promise<CheckAnswer>;
  /** A real call through the engine to a worker and back. */
  ping(): Promise<void>;
}

/** HTTP clients and proxies give up on an answer that takes minutes: waiting is begun anew before they do. */
const ATTACH_MS = 120_000;

export function createRunEngine(ingress: string, admin: string): RunEngine {
  const call = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(url, init).catch((cause: unknown) => {
      if (init.signal?.aborted && !(cause instanceof Error && cause.name === "TimeoutError")) throw cause;
      throw unavailable("its engine doesn’t answer", cause);
    });
    if (!response.ok && response.status !== 409)
      throw unavailable(`its engine answered ${response.status}`, await response.text());
    return response;
  };
  const post = (url: string, body: unknown, options: { headers?: Record<string, string>; signal: AbortSignal }) =>
    call(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...options.headers },
      body: JSON.stringify(body),
      signal: options.signal,
    });

  return {
    submit: (run) => submitRun(ingress, run),
    async outcome(runId, signal) {
      const url = `${ingress}/restate/invocation/${RUN_SERVICE}/execute/${encodeURIComponent(runId)}/attach`;
      for (;;) {
        const patience = AbortSignal.timeout(ATTACH_MS);
        try {
          const response = await call(url, { signal: AbortSignal.any([signal, patience]) });
          return runOutcomeSchema.parse(await response.json());
        } catch (error) {
          if (!patience.aborted || signal.aborted) throw error;
        }
      }
    },
    async cancel(runId) {
      const invocation = await invocationOf(runId);
      if (invocation)
        await call(`${admin}/invocations/${invocation}/cancel`, {
          method: "PATCH",
          signal: AbortSignal.timeout(10_000),
        });
    },
    async answer({ runId, path, value }) {
      const invocation = await invocationOf(runId);
      if (!invocation) throw new HeddleError("publish.run-unknown", { run: runId });
      const request: AnswerRequest = { invocation, path, at: Date.now(), value };
      const headers = { "idempotency-key": `answer ${runId} ${path}` };
      await post(`${ingress}/${RUN_SERVICE}/answer/send`, request, { headers, signal: AbortSignal.timeout(10_000) });
    },
    async check(digest) {
      const response = await post(
        `${ingress}/${RUN_SERVICE}/check`,
        { digest },
        { signal: AbortSignal.timeout(30_000) },
      );
      return checkAnswerSchema.parse(await response.json());
    },
    async ping() {
      await post(`${ingress}/${RUN_SERVICE}/ping`, {}, { signal: AbortSignal.timeout(4_000) });
    },
  };

  async function invocationOf(runId: string): Promise<string | undefined> {
    const sql = `select id from sys_invocation where target_service_name = '${RUN_SERVICE}' and idempotency_key = '${runId.replaceAll("'", "''")}'`;
    const response = await post(`${admin}/query`, { query: sql }, { signal: AbortSignal.timeout(10_000) });
    const { rows } = (await response.json()) as { rows: { id: string }[] };
    return rows[0]?.id;
  }
}

function unavailable(detail: string, cause: unknown): HeddleError {
  return new HeddleError("publish.engine-unavailable", { detail }, { cause });
}

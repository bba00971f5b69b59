import { Hono, type Context } from "hono";
import { setTimeout as delay } from "node:timers/promises";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../../engine/lib/json.ts";
import { exampleText } from "../../example-input.ts";
import { BODY_LIMIT, runPath, type RunResource } from "../../api.ts";
import type { RunOutcome, RunRequest } from "../run-request.ts";
import type { Gateway, GatewayContext } from "./app.ts";
import { answerProblem, languageOf, problemOf } from "./problem.ts";
import { readJson } from "./read-body.ts";
import { streamEvents } from "./sse.ts";
import { submitRun } from "./submit.ts";
import { watchRun } from "./watch-run.ts";

/** Starting, following and cancelling runs. */
export function runsApi(gateway: Gateway): Hono<GatewayContext> {
  const { routes, engine, records } = gateway;
  const api = new Hono<GatewayContext>();

  api.post("/flows/:flow/runs", async (c) => {
    const route = await routes.get(c.req.param("flow"));
    const input = (await readJson(c, BODY_LIMIT, exampleText(route.input))) as JsonValue;
    route.checkInput(input, languageOf(c.req.header("accept-language")));
    const call = { route, input, caller: c.get("caller").id, idempotencyKey: c.req.header("idempotency-key") };
    const run = await submitRun(call, engine, records);
    const headers = { location: runPath(run.runId) };
    if (wantsStream(c)) return stream(c, run.runId, 0, headers);
    return answer(c, run, headers);
  });

  api.get("/runs", async (c) => {
    const limit = Math.min(500, Number(c.req.query("limit")) || 50);
    return c.json(await records.list({ flow: c.req.query("flow"), limit }));
  });
  api.get("/runs/:run", async (c) => c.json(await records.get(c.req.param("run"))));
  api.get("/runs/:run/events", async (c) => {
    const runId = c.req.param("run");
    const after = Number(c.req.header("last-event-id") ?? c.req.query("after")) || 0;
    await records.get(runId);
    if (wantsStream(c)) return stream(c, runId, after, {});
    return c.json(await records.events(runId, after));
  });
  api.delete("/runs/:run", async (c) => {
    const runId = c.req.param("run");
    const { endedAt, state } = await records.get(runId);
    if (endedAt !== undefined) throw new HeddleError("publish.run-ended", { run: runId, state });
    await engine.cancel(runId);
    return c.json({ runId }, 202);
  });
  return api;

  function stream(c: Context, runId: string, after: number, headers: Record<string, string>): Response {
    const events = watchRun(gateway, { runId, after }, c.req.raw.signal);
    return streamEvents(events, headers, (error) =>
      problemOf(HeddleError.from(error), languageOf(c.req.header("accept-language")), runId),
    );
  }

  /** Waits as long as the caller wants (RFC 7240): to the end, `wait=<seconds>`, or not at all. */
  async function answer(
    c: Context<GatewayContext>,
    run: RunRequest,
    headers: Record<string, string>,
  ): Promise<Response> {
    const patience = patienceOf(c.req.header("prefer"));
    const outcome = await outcomeWithin(run.runId, patience, c.req.raw.signal);
    if (outcome) return answerOutcome(c, run, outcome, headers);
    const applied: Record<string, string> = patience === 0 ? { "preference-applied": "respond-async" } : {};
    const { runId, flow, revision, startedAt } = run;
    const usage = { inputTokens: 0, outputTokens: 0 };
    return c.json({ runId, flow, revision, state: "running", usage, startedAt } satisfies RunResource, 202, {
      ...headers,
      ...applied,
    });
  }

  async function outcomeWithin(runId: string, seconds: number, signal: AbortSignal): Promise<RunOutcome | undefined> {
    if (seconds === 0) return undefined;
    if (seconds === Infinity) return engine.outcome(runId, signal);
    const enough = new AbortController();
    try {
      const timer = delay(seconds * 1_000, undefined, { signal: enough.signal });
      return await Promise.race([engine.outcome(runId, AbortSignal.any([signal, enough.signal])), timer]);
    } finally {
      enough.abort();
    }
  }
}

function answerOutcome(c: Context, run: RunRequest, outcome: RunOutcome, headers: Record<string, string>): Response {
  if (outcome.error) {
    const response = answerProblem(c, HeddleError.fromJSON(outcome.error), run.runId);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  }
  const { runId, flow, revision } = run;
  return c.json({ runId, flow, revision, ...outcome } satisfies RunResource, 200, headers);
}

const wantsStream = (c: Context): boolean => (c.req.header("accept") ?? "").includes("text/event-stream");

/** Seconds that the caller waits; without a preference, until the end. */
function patienceOf(prefer: string | undefined): number {
  const wait = /\bwait=(\d+)/i.exec(prefer ?? "")?.[1];
  if (/\brespond-async\b/i.test(prefer ?? "")) return wait === undefined ? 0 : Number(wait);
  return wait === undefined ? Infinity : Number(wait);
}

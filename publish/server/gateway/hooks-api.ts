import { Hono, type Context } from "hono";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { refusal } from "../../../engine/triggers/webhook-auth.ts";
import { deliveryOf, inputOf, type WebhookCall } from "../../../engine/triggers/webhook-call.ts";
import { takerOf } from "../../../engine/triggers/webhook-methods.ts";
import { checkBody, webhookConfig, webhookHeader, type WebhookConfig } from "../../../nodes/io/triggers.ts";
import { BODY_LIMIT } from "../../api.ts";
import type { RunOutcome } from "../run-request.ts";
import type { Gateway, GatewayContext } from "./app.ts";
import { readBytes } from "./read-body.ts";
import type { Route } from "./routes.ts";
import { submitRun } from "./submit.ts";

interface Hook {
  route: Route;
  node: string;
  config: WebhookConfig;
}

/** Webhooks of published flows: `/hooks/<flow>/<path>`. They are checked as their flow says, not by an API key. */
export function hooksApi({ routes, engine, records, secrets }: Gateway): Hono<GatewayContext> {
  const api = new Hono<GatewayContext>();
  api.all("/:flow/:path{.+}", async (c) => {
    const { route, node, config } = await hookOf(c);
    const call = await callOf(c);
    const detail = await refusal(config, call, secrets);
    if (detail !== undefined) throw new HeddleError("trigger.unauthorized", { flow: route.flow, node, detail });
    const input = inputOf(call, config.auth === "none" ? undefined : webhookHeader(config));
    checkBody(config.body, input["body"]!);
    const delivery = { caller: `hook/${node}`, idempotencyKey: deliveryOf(call) };
    const { runId } = await submitRun({ route, input, trigger: node, ...delivery }, engine, records);
    if (config.respond === "run") return c.json({ runId }, 202);
    return answer(c, runId, await engine.outcome(runId, c.req.raw.signal));
  });
  return api;

  async function hookOf(c: Context): Promise<Hook> {
    const { method, path } = c.req;
    const unknown = () => new HeddleError("publish.hook-unknown", { path });
    const route = await routes.get(c.req.param("flow") ?? "").catch(() => Promise.reject(unknown()));
    const there = route.triggers
      .filter(({ kind }) => kind === "webhook")
      .map(({ node, config }) => ({ route, node, config: webhookConfig.parse(config) }))
      .filter(({ config }) => config.path === c.req.param("path"));
    if (there.length === 0) throw unknown();
    return takerOf(there, { method, path });
  }
}

async function callOf(c: Context): Promise<WebhookCall> {
  return {
    method: c.req.method,
    path: `${c.req.param("flow")}/${c.req.param("path")}`,
    query: c.req.query(),
    headers: c.req.header(),
    body: await readBytes(c, BODY_LIMIT),
  };
}

function answer(c: Context, runId: string, outcome: RunOutcome): Response {
  return outcome.state === "succeeded"
    ? c.json(outcome.output ?? null, 200, { "heddle-run": runId })
    : c.json({ runId, error: outcome.error }, 500, { "heddle-run": runId });
}

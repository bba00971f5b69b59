import { Hono } from "hono";
import { randomUUID } from "node:crypto";
import { BODY_LIMIT, answerRequestSchema, eventRequestSchema } from "../../api.ts";
import type { Gateway, GatewayContext } from "./app.ts";
import { parseJson } from "./read-body.ts";
import { idempotencyKeyOf } from "./submit.ts";

/** What runs wait for: tasks of people and events from outside. */
export function inboxApi({ waits, records }: Gateway): Hono<GatewayContext> {
  const api = new Hono<GatewayContext>();

  api.get("/inbox", async (c) => c.json(await waits.tasks()));

  api.post("/runs/:run/answers", async (c) => {
    const runId = c.req.param("run");
    const { path, value } = await parseJson(c, answerRequestSchema, BODY_LIMIT);
    await records.get(runId);
    await waits.answer({ runId, path, value });
    return c.json({ runId, path }, 202);
  });

  api.post("/events", async (c) => {
    const { event, key, payload } = await parseJson(c, eventRequestSchema, BODY_LIMIT);
    const id = idempotencyKeyOf(c.req.header("idempotency-key")) ?? randomUUID();
    return c.json({ id, delivered: await waits.send({ id, event, key, payload }) }, 202);
  });
  return api;
}

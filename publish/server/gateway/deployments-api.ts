import { Hono, type Context } from "hono";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import {
  activateRequestSchema,
  BODY_LIMIT,
  keyRequestSchema,
  rollbackRequestSchema,
  runsPath,
  type Deployment,
} from "../../api.ts";
import { trustedPublishers, verifyBundle } from "../../bundle/index.ts";
import type { Gateway, GatewayContext } from "./app.ts";
import { parseJson, readJson } from "./read-body.ts";
import type { Route } from "./routes.ts";

/** What the publisher uses: bundles, revisions, keys. All but the list of deployments needs the admin key. */
export function deploymentsApi(gateway: Gateway): Hono<GatewayContext> {
  const { routes, revisions, engine, authority } = gateway;
  const api = new Hono<GatewayContext>();

  const deployment = (c: Context, { flow, title, revision, digest, at, input }: Route): Deployment => ({
    flow,
    title,
    revision,
    digest,
    at,
    input,
    endpoint: new URL(runsPath(flow), c.req.url).href,
  });
  const current = async (c: Context, flow: string): Promise<Deployment> => {
    await routes.refresh();
    return deployment(c, await routes.get(flow));
  };

  api.get("/deployments", (c) => c.json(routes.list().map((route) => deployment(c, route))));

  api.put("/bundles/:digest", async (c) => {
    requireAdmin(c);
    const bundle = verifyBundle(
      await readJson(c, BODY_LIMIT, "a bundle"),
      trustedPublishers(gateway.trustedPublishers),
    );
    if (bundle.digest !== c.req.param("digest")) {
      throw new HeddleError("publish.bundle-tampered", {
        flow: bundle.name,
        detail: "its address names another digest",
      });
    }
    await revisions.keepBundle(bundle);
    return c.json({ digest: bundle.digest }, 201);
  });

  api.post("/flows/:flow/revisions", async (c) => {
    requireAdmin(c);
    const { digest } = await parseJson(c, activateRequestSchema, BODY_LIMIT);
    const flow = c.req.param("flow");
    const signed = await revisions.nameOfBundle(digest);
    if (signed !== flow)
      throw new HeddleError("publish.bundle-tampered", { flow, detail: `it was signed as “${signed}”` });
    const answer = await engine.check(digest);
    if (!answer.ok) throw HeddleError.fromJSON(answer.error);
    const { title, input, triggers } = answer;
    const content = { digest, title, input: JSON.stringify(input), triggers: JSON.stringify(triggers) };
    await revisions.activate(flow, content);
    return c.json(await current(c, flow), 201);
  });

  api.get("/flows/:flow/revisions", async (c) => c.json(await revisions.list(c.req.param("flow"))));

  api.post("/flows/:flow/rollback", async (c) => {
    requireAdmin(c);
    const flow = c.req.param("flow");
    await revisions.routeTo(flow, (await parseJson(c, rollbackRequestSchema, BODY_LIMIT)).revision);
    return c.json(await current(c, flow));
  });

  api.get("/keys", async (c) => {
    requireAdmin(c);
    return c.json(await authority.list());
  });
  api.post("/keys", async (c) => {
    requireAdmin(c);
    return c.json(await authority.create((await parseJson(c, keyRequestSchema, BODY_LIMIT)).name), 201);
  });
  api.delete("/keys/:key", async (c) => {
    requireAdmin(c);
    await authority.revoke(c.req.param("key"));
    return c.json({ ok: true });
  });
  return api;
}

function requireAdmin(c: Context<GatewayContext>): void {
  if (!c.get("caller").admin) throw new HeddleError("publish.forbidden");
}

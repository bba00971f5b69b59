import { Hono } from "hono";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { SecretService } from "../../../engine/node/services.ts";
import type { Authority, Caller } from "./authority.ts";
import { deploymentsApi } from "./deployments-api.ts";
import type { RunEngine } from "./engine.ts";
import { hooksApi } from "./hooks-api.ts";
import { inboxApi } from "./inbox-api.ts";
import type { OpenWaits } from "./open-waits.ts";
import { answerProblem } from "./problem.ts";
import type { Readiness } from "../../api.ts";
import type { Revisions } from "./revisions.ts";
import type { RouteTable } from "./routes.ts";
import type { RunHub } from "./run-hub.ts";
import type { RunRecords } from "./run-records.ts";
import { runsApi } from "./runs-api.ts";

/** What the gateway works with. */
export interface Gateway {
  authority: Authority;
  routes: RouteTable;
  revisions: Revisions;
  records: RunRecords;
  engine: RunEngine;
  hub: RunHub;
  waits: OpenWaits;
  /** For webhooks that check their callers. */
  secrets: SecretService;
  /** The folder of public keys whose bundles are accepted. */
  trustedPublishers: string;
  readiness(): Promise<Readiness>;
}

export interface GatewayContext {
  Variables: { caller: Caller };
}

/** The HTTP edge: health for anybody, everything else for holders of a key. */
export function createGatewayApp(gateway: Gateway): Hono<GatewayContext> {
  const app = new Hono<GatewayContext>();
  app.get("/health", (c) => c.json({ ok: true }));
  app.get("/ready", async (c) => {
    const readiness = await gateway.readiness();
    return c.json(readiness, readiness.ready ? 200 : 503);
  });
  app.use("/v1/*", async (c, next) => {
    c.set("caller", await gateway.authority.identify(c.req.header("authorization")));
    await next();
  });
  app.route("/hooks", hooksApi(gateway));
  app.route("/v1", runsApi(gateway));
  app.route("/v1", inboxApi(gateway));
  app.route("/v1", deploymentsApi(gateway));
  app.notFound((c) =>
    answerProblem(c, new HeddleError("publish.route-unknown", { method: c.req.method, path: c.req.path })),
  );
  app.onError((error, c) => answerProblem(c, error));
  return app;
}

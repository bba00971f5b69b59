import { serve as serveHttp } from "@hono/node-server";
import { sql } from "kysely";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { heddleHome } from "../../../engine/store/home/home.ts";
import { createSecretStore } from "../../../engine/store/home/secrets.ts";
import type { Readiness } from "../../api.ts";
import { migrate, openDatabase } from "../database/database.ts";
import { serve, serviceConfig } from "../service.ts";
import { createGatewayApp } from "./app.ts";
import { createAuthority } from "./authority.ts";
import { createRunEngine } from "./engine.ts";
import { everySecond } from "./every-second.ts";
import { createOpenWaits } from "./open-waits.ts";
import { createRevisions } from "./revisions.ts";
import { createRouteTable } from "./routes.ts";
import { createRunHub } from "./run-hub.ts";
import { createRunRecords } from "./run-records.ts";
import { createSchedules } from "./schedules.ts";

const config = serviceConfig(
  z.object({
    port: z.int(),
    database: z.string(),
    home: z.string(),
    adminKey: z.string(),
    trustedPublishers: z.string(),
    restateIngress: z.string(),
    restateAdmin: z.string(),
    modelServer: z.string(),
  }),
);

const { db, close } = openDatabase(config.database, 10);
const engine = createRunEngine(config.restateIngress, config.restateAdmin);
const authority = createAuthority(db, config.adminKey);
const routes = createRouteTable(db);

await whenDatabaseAnswers(() => migrate(db));
await Promise.all([authority.refresh(), routes.refresh()]);
const hub = createRunHub(config.database, () => void refreshCaches());
await hub.ready;

const records = createRunRecords(db);
const waits = createOpenWaits(db, engine);
const schedules = createSchedules({ db, routes, engine, records });
const stopRounds = everySecond([() => waits.deliver(), () => schedules.fire(Date.now())]);
const app = createGatewayApp({
  authority,
  routes,
  revisions: createRevisions(db),
  records,
  engine,
  hub,
  waits,
  secrets: createSecretStore(heddleHome(config.home)),
  trustedPublishers: config.trustedPublishers,
  readiness,
});
const server = serveHttp({ fetch: app.fetch, port: config.port, hostname: "127.0.0.1" }, () => serve(shutDown));

/** Routes and keys stay as last known when the database is away. */
async function refreshCaches(): Promise<void> {
  await Promise.all([authority.refresh(), routes.refresh()]).catch(() => undefined);
}

/** The services start at the same time; the gateway may be up before its database. */
async function whenDatabaseAnswers(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      await delay(80);
    }
  }
}

/** Refused, reset, or “the database system is starting up” (SQLSTATE 57P03). */
function isConnectionError(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "57P03" || /^E[A-Z]+$/.test(code ?? "") || /timeout|terminated/i.test(message ?? "");
}

/** Each part by a real call. */
async function readiness(): Promise<Readiness> {
  const checks = await Promise.all([
    check("postgres", () => sql`select 1`.execute(db)),
    check("workers", () => engine.ping()),
    check("model", async () => {
      const response = await fetch(`${config.modelServer}/models`, { signal: AbortSignal.timeout(4_000) });
      if (!response.ok) throw new Error(`it answered ${response.status}`);
    }),
  ]);
  return { ready: checks.every(({ state }) => state === "ready"), checks };
}

async function check(name: string, call: () => Promise<unknown>): Promise<Readiness["checks"][number]> {
  try {
    await call();
    return { name, state: "ready" };
  } catch (error) {
    return { name, state: "failed", detail: error instanceof Error ? error.message : String(error) };
  }
}

async function shutDown(): Promise<void> {
  await stopRounds();
  if ("closeAllConnections" in server) server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await hub.close();
  await close();
}

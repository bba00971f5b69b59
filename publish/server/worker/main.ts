import { createEndpointHandler } from "@restatedev/restate-sdk/node";
import { createServer, type ServerHttp2Session } from "node:http2";
import { z } from "zod";
import { demoDefinition } from "../../../engine/model/definition.ts";
import { createCatalog } from "../../../engine/node/catalog.ts";
import { createSandbox } from "../../../engine/sandbox/index.ts";
import { heddleHome } from "../../../engine/store/home/home.ts";
import { createModelRegistry } from "../../../engine/store/home/model-registry.ts";
import { createSecretStore } from "../../../engine/store/home/secrets.ts";
import { NODES } from "../../../nodes/index.ts";
import { fileDigests, modelDigestCache } from "../../bundle/index.ts";
import { createBlobTable } from "../database/blob-table.ts";
import { openDatabase } from "../database/database.ts";
import { createResultStore } from "../result-store.ts";
import { serve, serviceConfig } from "../service.ts";
import { submitRun } from "../submit-run.ts";
import { createBundleStore } from "./bundle-store.ts";
import { createEventWriter } from "./event-writer.ts";
import { createRunService } from "./handlers.ts";
import { createServiceFactory } from "./services.ts";

const config = serviceConfig(
  z.object({
    port: z.int(),
    database: z.string(),
    home: z.string(),
    trustedPublishers: z.string(),
    modelServer: z.string(),
    restateIngress: z.string(),
    alwaysReplay: z.boolean(),
  }),
);

const { db, close } = openDatabase(config.database, 5);
const sandbox = createSandbox();
const home = heddleHome(config.home);
const services = createServiceFactory({
  secrets: createSecretStore(home),
  models: async () => [demoDefinition, ...(await createModelRegistry(home).list())],
  fileDigest: fileDigests(modelDigestCache(home.root)),
  sandbox,
  modelServer: config.modelServer,
  startRun: (run) => submitRun(config.restateIngress, run),
});
const events = createEventWriter(db);
const bundles = createBundleStore({
  db,
  catalog: createCatalog(NODES),
  trustedPublishers: config.trustedPublishers,
  services: (bundle) => services.create(bundle),
});

const server = createServer(
  createEndpointHandler({
    services: [createRunService({ bundles, events, results: createResultStore(createBlobTable(db)) })],
    // Request and response instead of a stream: every step ends the attempt, and the next one replays all before it.
    ...(config.alwaysReplay && { bidirectional: false }),
  }),
);
const sessions = new Set<ServerHttp2Session>();
server.on("session", (session) => {
  sessions.add(session);
  session.once("close", () => sessions.delete(session));
});
server.listen(config.port, "127.0.0.1", () => serve(shutDown));

/** Runs in the middle are Restate's to continue, here or on another worker. */
async function shutDown(): Promise<void> {
  server.close();
  for (const session of sessions) session.destroy();
  await Promise.all([events.close(), services.dispose(), sandbox.dispose()]);
  await close();
}

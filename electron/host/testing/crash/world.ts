import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { SMTPServer } from "smtp-server";
import { createModelHost } from "../../../../engine/model/index.ts";
import { serveOpenAI } from "../../../../engine/model/openai-server.ts";
import { startWeb, type SeenRequest } from "../../../../nodes/testing/real-services.ts";
import { crashFlows, GREETING, type CrashFlow } from "./flows.ts";

/** One effect that somebody outside saw, with the key by which a repeated one is known. */
export interface Effect {
  what: string;
  key: string;
}

/** What outlives the host: its folders, and everything that its flows call. */
export interface World {
  home: string;
  project: string;
  flows: CrashFlow[];
  /** In the order they came. */
  effects: Effect[];
  dispose(): Promise<void>;
}

/** The world outside of a host that is killed: web, mail and model servers stay up, and note what they see. */
export async function createWorld(): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), "heddle-crash-"));
  const effects: Effect[] = [];
  const web = await startWeb();
  const seen = web.requests;
  seen.push = (...requests: SeenRequest[]) => {
    for (const { path, headers } of requests) effects.push({ what: path, key: String(headers["idempotency-key"]) });
    return requests.length;
  };
  const mail = await startMail((key) => effects.push({ what: "mail", key }));
  const modelHost = createModelHost({ secrets: { get: (name) => Promise.reject(new Error(`no secret ${name}`)) } });
  const models = await serveOpenAI({ port: 0, modelHost });
  const [home, project] = [join(root, "home"), join(root, "desk")];
  const flows = crashFlows({ web: web.url, smtpPort: mail.port });
  await writeHome(home, models.url);
  await writeProject(project, { flows, web: web.url });
  return {
    home,
    project,
    flows,
    effects,
    async dispose() {
      await Promise.all([web.close(), mail.close(), models.close(), modelHost.dispose()]);
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function writeHome(home: string, modelUrl: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const remote = { id: "remote", kind: "openai-compatible", url: modelUrl, model: "demo" };
  await writeFile(join(home, "models.json"), JSON.stringify([remote]));
}

async function writeProject(project: string, { flows, web }: { flows: CrashFlow[]; web: string }): Promise<void> {
  await mkdir(join(project, "flows"), { recursive: true });
  await writeFile(join(project, "heddle.yaml"), "heddle: 1\nname: Desk\nmodels: { default: remote }\n");
  const shop = { command: "${HEDDLE_NODE}", args: ["${HEDDLE_APP}/assets/samples/shop-server/main.ts"] };
  await writeFile(join(project, "mcp.json"), JSON.stringify({ mcpServers: { shop } }));
  await writeFile(join(project, "notes.csv"), "name,town\nAda,London\n");
  await writeFile(join(project, "shop.yaml"), openApi(web));
  const database = new Sqlite(join(project, "data.sqlite"));
  database.exec("create table seen (text text not null)");
  database.close();
  for (const { name, text } of [...flows, { name: "greeting", text: GREETING }])
    await writeFile(join(project, "flows", `${name}.flow.yaml`), text);
}

const openApi = (web: string): string => `openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [ { url: "${web}" } ]
paths:
  /orders:
    post:
      operationId: takeOrder
      requestBody: { content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } } }
      responses: { "200": { description: taken, content: { application/json: { schema: { type: object } } } } }
`;

async function startMail(received: (key: string) => void): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      stream.on("end", () => {
        received(/^Message-ID: *(\S+)/im.exec(text)?.[1] ?? "");
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

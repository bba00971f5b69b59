import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { createModelHost } from "../../engine/model/index.ts";
import type { NodeServices, SecretService } from "../../engine/node/services.ts";
import { createSandbox } from "../../engine/sandbox/index.ts";
import { createToolHost } from "../../mcp/client/index.ts";
import { withOpenApi } from "../../mcp/openapi/index.ts";
import { NO_SERVICES } from "./no-services.ts";
import { sampleProject } from "./sample-project.ts";
import { startSmtp } from "./smtp-sink.ts";

const EVERYTHING = fileURLToPath(import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"));

/** What the real world offers to a node under test: demo model, sandbox, MCP servers over stdio, an API, a web server and a mail server. */
export interface RealServices {
  services: NodeServices;
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** `smtp://127.0.0.1:<port>` */
  mail: string;
  /** The web server's answers by path; requests that it has seen stay in `requests`. */
  routes: Map<string, (request: SeenRequest, response: ServerResponse) => void>;
  requests: SeenRequest[];
  dispose(): Promise<void>;
}

export interface SeenRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage["headers"];
  body: string;
}

const SECRETS: Readonly<Record<string, string>> = { SHOP_KEY: "s3cret-of-the-shop" };

export async function startServices(): Promise<RealServices> {
  const web = await startWeb();
  const known: Readonly<Record<string, string>> = { ...SECRETS, WEBHOOK: `${web.url}/webhook` };
  const secrets: SecretService = {
    get: async (name) => known[name] ?? Promise.reject(new HeddleError("secret.missing", { name })),
  };
  const models = createModelHost({ secrets });
  const sandbox = createSandbox();
  const servers = createToolHost({
    servers: {
      everything: { command: "${HEDDLE_NODE}", args: [EVERYTHING] },
      shop: { command: "${HEDDLE_NODE}", args: ["${HEDDLE_APP}/assets/samples/shop-server/main.ts"] },
    },
  });
  const mail = await startSmtp();
  const project = await sampleProject();
  const tools = withOpenApi(servers, { files: project.files, secrets, fetch });
  return {
    services: { models, tools, sandbox, secrets, fetch, flows: NO_SERVICES.flows, files: project.files },
    url: web.url,
    mail: mail.url,
    routes: web.routes,
    requests: web.requests,
    async dispose() {
      await Promise.all([models.dispose(), servers.dispose(), sandbox.dispose(), web.close(), mail.close()]);
      await project.remove();
    },
  };
}

/** A web server on a free port. Paths without a route answer with what was asked. */
export async function startWeb() {
  const routes: RealServices["routes"] = new Map();
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then((request) => {
      requests.push(request);
      const route = routes.get(request.path);
      if (route) return route(request, response);
      const { method, path, query, body } = request;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ method, path, query, body }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    routes,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const url = new URL(incoming.url ?? "/", "http://localhost");
  let body = "";
  for await (const chunk of incoming) body += String(chunk);
  const query = Object.fromEntries(url.searchParams);
  return { method: incoming.method ?? "", path: url.pathname, query, headers: incoming.headers, body };
}

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type HostRouter, serveWebSocket, type ServeOptions } from "../../engine/rpc/server/index.ts";
import type { HostHttp } from "./http-routes.ts";
import { StartError } from "./start-error.ts";
import { serveFile } from "./static-files.ts";

const LOOPBACK = "127.0.0.1";
const USUAL_PORT = 4310;

export interface StudioServer {
  /** The studio's address with this start's token: what a person opens. */
  url: string;
  address: string;
  token: string;
  close(): Promise<void>;
}

export interface StudioServerOptions extends ServeOptions {
  /** Folder of the built renderer; left out where pages come another way. */
  renderer?: string;
  /** What other programs call. */
  http: Pick<HostHttp, "answer">;
  port?: number;
  /** Secret of this start; default: a new random one. */
  token?: string;
  origins?: readonly string[];
}

/** Serves the studio and its contract on loopback. */
export async function startStudioServer(router: HostRouter, options: StudioServerOptions): Promise<StudioServer> {
  const token = options.token ?? randomBytes(24).toString("hex");
  const server = createServer((request, response) => void answer(options, request, response));
  const port = await listen(server, options.port);
  const own = [`http://${LOOPBACK}:${port}`, `http://localhost:${port}`];
  const stop = serveWebSocket(router, server, { ...options, token, origins: [...own, ...(options.origins ?? [])] });
  return {
    url: `${own[0]}/#token=${token}`,
    address: own[0]!,
    token,
    async close() {
      stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The port asked for, or the usual one with any free one behind it. */
async function listen(server: Server, port: number | undefined): Promise<number> {
  const bound = await bind(server, port ?? USUAL_PORT).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    if (port === undefined) return bind(server, 0);
    throw new StartError(`Port ${port} is already in use. Choose another one with --port, or leave it out.`, {
      cause: error,
    });
  });
  return bound;
}

async function bind(server: Server, port: number): Promise<number> {
  server.listen(port, LOOPBACK);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function answer(
  { renderer, http }: StudioServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A page elsewhere whose name was pointed at 127.0.0.1 sends its own name here (DNS rebinding).
  if (!isLoopbackName(request.headers.host)) {
    response.writeHead(403).end();
    return;
  }
  if (http.answer(request, response)) return;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (renderer === undefined) return void response.writeHead(404).end();
  await serveFile(renderer, request, response);
}

function isLoopbackName(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}

const SECURITY_HEADERS = {
  "content-security-policy": [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocketServer } from "ws";
import { RPC_PATH, tokenOf, WEBSOCKET_PROTOCOL } from "../endpoint.ts";
import { handlerOptions, type HostRouter, type ServeOptions } from "./handler.ts";

export interface WebSocketServeOptions extends ServeOptions {
  /** Secret of this start of the host; every connection must show it. */
  token: string;
  /** Pages that may connect, as the browser's Origin header names them. Programs that send no Origin need the token alone. */
  origins: readonly string[];
}

/** A flow of several megabytes passes; an endless one doesn't fill the host's memory. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** Answers the contract on `server` under /rpc. Returns a function that closes every connection. */
export function serveWebSocket(router: HostRouter, server: Server, options: WebSocketServeOptions): () => void {
  const handler = new RPCHandler(router, handlerOptions(options));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => WEBSOCKET_PROTOCOL,
  });
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request, options);
    if (refusal) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (websocket) => void handler.upgrade(websocket));
  };
  server.on("upgrade", onUpgrade);
  return () => {
    server.off("upgrade", onUpgrade);
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}

type Refusal = "404 Not Found" | "401 Unauthorized" | "403 Forbidden";

function refusalOf(request: IncomingMessage, options: WebSocketServeOptions): Refusal | undefined {
  if (new URL(request.url ?? "/", "http://host").pathname !== RPC_PATH) return "404 Not Found";
  const origin = request.headers.origin;
  if (origin !== undefined && !options.origins.includes(origin)) return "403 Forbidden";
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((part) => part.trim());
  return sameSecret(tokenOf(offered), options.token) ? undefined : "401 Unauthorized";
}

function sameSecret(offered: string, expected: string): boolean {
  const [a, b] = [Buffer.from(offered), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(socket: Duplex, status: Refusal): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

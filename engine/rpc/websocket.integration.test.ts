import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket as NodeWebSocket } from "ws";
import { connectWebSocket, type ConnectionStatus } from "./client/index.ts";
import { tokenProtocol, WEBSOCKET_PROTOCOL } from "./endpoint.ts";
import { serveWebSocket, type HostRouter } from "./server/index.ts";
import { transportContract } from "./transport-contract.ts";

const TOKEN = "f00d";
const ORIGIN = "http://127.0.0.1:1";

interface Listening {
  port: number;
  dropAll(): void;
  close(): Promise<void>;
}

async function listen(router: HostRouter, port = 0): Promise<Listening> {
  const server = createServer();
  const stop = serveWebSocket(router, server, { token: TOKEN, origins: [ORIGIN] });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const dropAll = () => sockets.forEach((socket) => socket.destroy());
  return { port: (server.address() as AddressInfo).port, dropAll, close };
}

transportContract("WebSocket", async (router) => {
  const listening = await listen(router);
  const controller = new AbortController();
  const client = connectWebSocket(`http://127.0.0.1:${listening.port}/#token=${TOKEN}`, { signal: controller.signal });
  const close = async () => {
    controller.abort();
    await listening.close();
  };
  return { client, drop: listening.dropAll, close, reconnects: true };
});

describe("WebSocket server", () => {
  let listening: Listening | undefined;
  afterEach(() => listening?.close());

  async function refusal(path: string, protocols: string[], headers: Record<string, string>): Promise<number> {
    listening ??= await listen({} as HostRouter);
    const socket = new NodeWebSocket(`ws://127.0.0.1:${listening.port}${path}`, protocols, { headers });
    const { promise, resolve } = Promise.withResolvers<number>();
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", () => {});
    const status = await promise;
    socket.terminate();
    return status;
  }

  it("lets in only its own page with this start's token", async () => {
    const good = [WEBSOCKET_PROTOCOL, tokenProtocol(TOKEN)];
    expect(await refusal("/rpc", good, { origin: ORIGIN })).toBe(101);
    expect(await refusal("/rpc", good, {})).toBe(101);
    expect(await refusal("/rpc", good, { origin: "http://evil.example" })).toBe(403);
    expect(await refusal("/rpc", [WEBSOCKET_PROTOCOL, tokenProtocol("wrong")], { origin: ORIGIN })).toBe(401);
    expect(await refusal("/rpc", [WEBSOCKET_PROTOCOL], { origin: ORIGIN })).toBe(401);
    expect(await refusal("/other", good, { origin: ORIGIN })).toBe(404);
  });

  it("is found again after the host restarted on the same port", async () => {
    listening = await listen({} as HostRouter);
    const port = listening.port;
    const statuses: ConnectionStatus[] = [];
    const open = Promise.withResolvers<void>();
    const reopened = Promise.withResolvers<void>();
    const controller = new AbortController();
    const client = connectWebSocket(`http://127.0.0.1:${port}/#token=${TOKEN}`, {
      signal: controller.signal,
      onStatus: (status) => {
        statuses.push(status);
        if (status === "open") (statuses.includes("closed") ? reopened : open).resolve();
      },
    });
    await Promise.all([open.promise, client.system.info({}).catch(() => {})]);
    await listening.close();
    listening = await listen({} as HostRouter, port);
    await reopened.promise;
    expect(statuses.slice(0, 3)).toEqual(["connecting", "open", "closed"]);
    expect(statuses.slice(-2)).toEqual(["connecting", "open"]);
    controller.abort();
  });

  it("isn't asked again with a token that it refuses", async () => {
    const server = createServer((_, response) => void response.end());
    const stop = serveWebSocket({} as HostRouter, server, { token: TOKEN, origins: [] });
    let attempts = 0;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const refused = Promise.withResolvers<void>();
    const { port } = server.address() as AddressInfo;
    const client = connectWebSocket(`http://127.0.0.1:${port}/#token=of-an-earlier-start`, {
      onRefused: () => refused.resolve(),
      onStatus: (status) => void (attempts += status === "connecting" ? 1 : 0),
    });
    await expect(client.system.info({})).rejects.toMatchObject({ code: "host.disconnected" });
    await refused.promise;
    await expect(client.system.info({})).rejects.toMatchObject({ code: "host.disconnected" });
    expect(attempts).toBe(2);
    stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

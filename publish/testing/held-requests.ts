import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request that waits for its answer. */
export interface HeldRequest {
  path: string;
  headers: IncomingMessage["headers"];
  /** Resolves when the caller's connection closes before it was answered. */
  dropped: Promise<void>;
  answer(body: object): void;
  refuse(status: number): void;
}

/** A real HTTP server whose answers a test gives by hand: so a run stands still exactly where the test wants it. */
export interface HeldRequests {
  url: string;
  /** Every path that was asked for, in order. */
  seen: string[];
  /** The next request that comes, or that came and wasn't taken yet. */
  next(): Promise<HeldRequest>;
  close(): Promise<void>;
}

export async function holdRequests(): Promise<HeldRequests> {
  const seen: string[] = [];
  const waiting: HeldRequest[] = [];
  let wake = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    seen.push(request.url!);
    waiting.push(hold(request, response));
    wake.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async next() {
      while (waiting.length === 0) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
      return waiting.shift()!;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function hold(request: IncomingMessage, response: ServerResponse): HeldRequest {
  return {
    path: request.url!,
    headers: request.headers,
    dropped: new Promise((resolve) => response.once("close", () => response.writableEnded || resolve())),
    answer(body) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    },
    refuse: (status) => void response.writeHead(status).end(),
  };
}

import {
  connect,
  constants,
  createServer,
  type ClientHttp2Session,
  type ServerHttp2Stream,
  type IncomingHttpHeaders,
} from "node:http2";

/**
 * Spreads Restate's HTTP/2 streams over the workers. Restate keeps one connection to a deployment's address, so balancing connections would
 * leave all but one worker idle: this balances streams, as an HTTP/2 proxy does in production. A stream of a worker that dies is reset;
 * Restate then tries the run again, and it goes to a worker that lives.
 */
export interface Balancer {
  close(): Promise<void>;
}

interface Target {
  url: string;
  session?: ClientHttp2Session;
  streams: number;
}

export async function startBalancer(port: number, workers: readonly string[]): Promise<Balancer> {
  const targets: Target[] = workers.map((url) => ({ url, streams: 0 }));
  const server = createServer({ settings: { initialWindowSize: 2 ** 20 } });
  const sessions = new Set<{ destroy(): void }>();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => undefined);
  });
  server.on("stream", (stream, headers) => void forward(stream, headers, targets));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    async close() {
      for (const session of sessions) session.destroy();
      for (const target of targets) target.session?.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function forward(incoming: ServerHttp2Stream, headers: IncomingHttpHeaders, targets: Target[]): Promise<void> {
  incoming.on("error", () => undefined);
  const target = await leastBusy(targets);
  if (!target?.session || incoming.destroyed) return refuse(incoming);
  target.streams++;
  const outgoing = target.session.request(withoutConnectionHeaders(headers), { endStream: false });
  outgoing.once("close", () => {
    target.streams--;
    // The worker went away in the middle: a reset says so at once, where silence would wait for a timeout.
    if (!incoming.destroyed && !incoming.writableEnded) incoming.close(constants.NGHTTP2_INTERNAL_ERROR);
  });
  outgoing.on("error", () => undefined);
  incoming.once("close", () => outgoing.destroyed || outgoing.close(constants.NGHTTP2_CANCEL));
  outgoing.once("response", (reply) => incoming.destroyed || incoming.respond(withoutConnectionHeaders(reply)));
  incoming.pipe(outgoing);
  outgoing.pipe(incoming);
}

function refuse(incoming: ServerHttp2Stream): void {
  if (incoming.destroyed) return;
  incoming.respond({ ":status": 503 });
  incoming.end("no worker is running");
}

/** Least busy first; one that can't be reached is passed over. */
async function leastBusy(targets: Target[]): Promise<Target | undefined> {
  for (const target of targets.toSorted((a, b) => a.streams - b.streams)) {
    if (await connected(target)) return target;
  }
  return undefined;
}

function connected(target: Target): Promise<boolean> {
  if (target.session && !target.session.closed && !target.session.destroyed) return Promise.resolve(true);
  return new Promise((resolve) => {
    const session = connect(target.url);
    session.once("connect", () => {
      target.session = session;
      resolve(true);
    });
    session.on("error", () => resolve(false));
    session.once("close", () => {
      if (target.session === session) target.session = undefined;
      resolve(false);
    });
  });
}

/** Headers that belong to one hop (RFC 9113, section 8.2.2) and `host`, which the pseudo-header replaces. */
function withoutConnectionHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection, "keep-alive": keepAlive, "transfer-encoding": encoding, upgrade, host, ...rest } = headers;
  return rest;
}

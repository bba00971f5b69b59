import type { RunEvent } from "../../../engine/run/events.ts";

/** Proxies and clients give up on connections that say nothing for long. */
const KEEP_ALIVE_MS = 15_000;

/** One event of a stream (HTML Living Standard, section 9.2): durable ones carry their number as id, so that a client can resume after it. */
function encodeEvent(event: RunEvent): string {
  const id = "seq" in event ? `id: ${event.seq}\n` : "";
  return `event: ${event.type}\n${id}data: ${JSON.stringify(event)}\n\n`;
}

/** The events as a response that streams; `onError` gives what is told instead when they break off. Cancelling ends the iteration. */
export function streamEvents(
  events: AsyncIterable<RunEvent>,
  headers: Record<string, string>,
  sayError: (error: unknown) => object,
): Response {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): void => controller.enqueue(encoder.encode(text));
      timer = setInterval(() => send(": still here\n\n"), KEEP_ALIVE_MS);
      void pump(send).finally(() => {
        clearInterval(timer);
        try {
          controller.close();
        } catch {
          // The client went away first.
        }
      });
    },
    async cancel() {
      clearInterval(timer);
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      ...headers,
    },
  });

  async function pump(send: (text: string) => void): Promise<void> {
    try {
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) send(encodeEvent(next.value));
    } catch (error) {
      send(`event: error\ndata: ${JSON.stringify(sayError(error))}\n\n`);
    }
  }
}

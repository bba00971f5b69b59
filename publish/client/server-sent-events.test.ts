import { expect, it } from "vitest";
import { readServerSentEvents, type ServerSentEvent } from "./server-sent-events.ts";

/** A response whose body arrives in these chunks. */
function responseOf(chunks: Uint8Array[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return new Response(body);
}

async function read(...chunks: string[]): Promise<ServerSentEvent[]> {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(responseOf(bytes))) events.push(event);
  return events;
}

it("reads events wherever the chunks are cut", async () => {
  const text = `event: step.ready\nid: 2\ndata: {"a":1}\n\n: still here\n\ndata: one\ndata: two\n\n`;
  const expected = [
    { type: "step.ready", data: `{"a":1}`, id: "2" },
    { type: "message", data: "one\ntwo", id: undefined },
  ];
  expect(await read(text)).toEqual(expected);
  expect(await read(...text)).toEqual(expected);
  expect(await read(...text.replaceAll("\n", "\r\n"))).toEqual(expected);
});

it("keeps letters whole that a chunk cuts apart, and drops an event that was never ended", async () => {
  const bytes = new TextEncoder().encode("data: 你好\n\ndata: lost");
  const events: ServerSentEvent[] = [];
  const cut = responseOf([bytes.slice(0, 7), bytes.slice(7)]);
  for await (const event of readServerSentEvents(cut)) events.push(event);
  expect(events.map(({ data }) => data)).toEqual(["你好"]);
});

/** One event of a stream. */
export interface ServerSentEvent {
  type: string;
  data: string;
  id?: string;
}

/** Reads `text/event-stream` (HTML Living Standard, section 9.2.6). Comments and retry times are passed over. Leaving the loop ends the connection. */
export async function* readServerSentEvents(response: Response): AsyncGenerator<ServerSentEvent> {
  let fields: Record<string, string[]> = {};
  for await (const line of lines(response)) {
    if (line === "") {
      if (fields["data"])
        yield { type: fields["event"]?.at(-1) ?? "message", data: fields["data"].join("\n"), id: fields["id"]?.at(-1) };
      fields = {};
      continue;
    }
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    (fields[name] ??= []).push(value);
  }
}

async function* lines(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    // A carriage return at the end may be half of a pair.
    const complete = rest.endsWith("\r") ? rest.length - 1 : rest.length;
    const parts = rest.slice(0, complete).split(/\r\n|\n|\r/);
    rest = parts.pop()! + rest.slice(complete);
    yield* parts;
  }
}

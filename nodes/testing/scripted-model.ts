import { startWeb } from "./real-services.ts";

/** What a scripted model says in one turn: words, or calls of tools. */
export type ScriptedTurn =
  | { text: string; finish?: "stop" | "length" }
  | { calls: { name: string; arguments: string }[] };

/** A message of a chat request, as the OpenAI protocol has it. */
export interface ChatMessage {
  role: string;
  content: string | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}
export interface ChatRequest {
  messages: ChatMessage[];
  tools?: { function: { name: string } }[];
  tool_choice?: string;
  max_tokens?: number;
  temperature?: number;
  seed?: number;
  response_format?: { type: string };
}

/** A model server that speaks the OpenAI protocol and gives the answers it was told to, in order: for what a real model does too rarely. */
export async function startScriptedModel() {
  const web = await startWeb();
  const requests: ChatRequest[] = [];
  let script: ScriptedTurn[] = [];
  web.routes.set("/v1/chat/completions", (request, response) => {
    requests.push(JSON.parse(request.body) as ChatRequest);
    const turn = script.shift() ?? { text: "the script is over" };
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (choice: object, extra: object = {}) =>
      response.write(
        `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", choices: [{ index: 0, ...choice }], ...extra })}\n\n`,
      );
    if ("text" in turn) {
      for (const word of turn.text.split(/(?<= )/)) send({ delta: { role: "assistant", content: word } });
      send(
        { delta: {}, finish_reason: turn.finish ?? "stop" },
        { usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } },
      );
    } else {
      turn.calls.forEach(({ name, arguments: args }, index) =>
        send({
          delta: {
            tool_calls: [
              { index, id: `call_${requests.length}_${index}`, type: "function", function: { name, arguments: args } },
            ],
          },
        }),
      );
      send(
        { delta: {}, finish_reason: "tool_calls" },
        { usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } },
      );
    }
    response.end("data: [DONE]\n\n");
  });
  return {
    url: `${web.url}/v1`,
    requests,
    say(...turns: ScriptedTurn[]) {
      script = turns;
      requests.length = 0;
    },
    close: web.close,
  };
}

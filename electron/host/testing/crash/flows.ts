import type { JsonValue } from "../../../../engine/lib/json.ts";

/** Where the flows find the world outside. */
export interface Addresses {
  /** The web server that notes every call. */
  web: string;
  smtpPort: number;
}

/** A flow that is killed over and over, with what it must come to however often. */
export interface CrashFlow {
  name: string;
  text: string;
  input: JsonValue;
  /** The trigger that the run begins with, where it isn't the usual one. */
  trigger?: string;
  /** The run's end, as far as it is the same every time. */
  ends: Record<string, unknown>;
}

/** Calls the web server, which answers with `n`, the number of letters of the path. */
const call = (web: string, path: string, more = ""): string =>
  `{ type: http-request, config: { method: POST, url: "${web}/${path}"${more} }, retry: { times: 3, backoff: 20ms } }`;

const heading = (name: string): string => `heddle: 1
name: ${name}
nodes:
`;

/** Every kind of step, spread over flows that run side by side. */
export function crashFlows({ web, smtpPort }: Addresses): CrashFlow[] {
  return [
    {
      name: "orders",
      input: { lines: ["a", "bb", "ccc", "dddd", "eeeee"] },
      ends: { type: "run.completed", output: { total: 15, rounds: 4, kind: "many", greeting: "Hello Ann, 5" } },
      text: `${heading("Orders")}  start: { type: start, config: { fields: { lines: { type: json, label: Lines } } } }
  charge:
    type: each
    config: { items: start.lines, concurrency: 2, collect: "{{ weigh.value }}" }
    body:
      nodes:
        pay: ${call(web, "pay/{{ item }}")}
        weigh: { type: code, config: { source: "return input.item.length", input: { item: "{{ item }}", paid: "{{ pay.status }}" } } }
      edges: [ "pay -> weigh" ]
  sum: { type: set-variables, config: { variables: { total: "{{ sum(charge.items) }}" } } }
  rounds:
    type: loop
    config: { state: { n: 0 }, while: "state.n < 4", next: { n: "{{ state.n + 1 }}" } }
    body:
      nodes:
        poll: ${call(web, "poll/{{ index }}")}
        pause: { type: delay, config: { for: 5ms } }
      edges: [ "poll -> pause" ]
  which: { type: switch, config: { value: "vars.total > 10", cases: [{ id: many, when: "true" }] } }
  many: { type: template, config: { text: many } }
  few: { type: template, config: { text: few } }
  either: { type: merge, config: { values: ["{{ many.text }}", "{{ few.text }}"], how: first } }
  biggest: { type: list, config: { items: charge.items, sort: { by: "", order: descending }, take: "1" } }
  enough: { type: condition, config: { cases: [{ id: yes, when: "size(biggest.items) == 1" }] } }
  greet: { type: sub-flow, config: { flow: greeting, input: { name: Ann } } }
  also: { type: sub-flow, config: { flow: greeting, input: { name: Bo }, wait: false } }
  end: { type: end, config: { fields: { total: "{{ vars.total }}", rounds: "{{ rounds.rounds }}", kind: "{{ either.value }}", greeting: "{{ default(greet.text, '') }}, {{ biggest.items[0] }}" } } }
edges:
  - start -> charge
  - start -> rounds
  - charge -> sum
  - sum -> which
  - which.many -> many
  - which.else -> few
  - many -> either
  - few -> either
  - charge -> biggest
  - biggest -> enough
  - enough.yes -> greet
  - greet -> also
  - either -> end
  - rounds -> end
  - also -> end
`,
    },
    {
      name: "people",
      input: { order: "A-1" },
      ends: { type: "run.completed", output: { text: "A-1: 12.5 by Mia, paid 7" } },
      text: `${heading("People")}  start: { type: start, config: { fields: { order: { type: string, label: Order } } } }
  before: ${call(web, "before")}
  decide: { type: approval, config: { title: "Refund {{ start.order }}?" } }
  amount: { type: form, config: { title: How much?, fields: { amount: { type: number } } } }
  note: ${call(web, "note/{{ amount.amount }}")}
  paid: { type: wait-for-event, config: { event: paid, key: "{{ start.order }}" } }
  pause: { type: delay, config: { for: 30ms } }
  answer: { type: answer, config: { text: "{{ start.order }}: {{ amount.amount }} by {{ decide.by }}, paid {{ paid.payload.amount }}" } }
  refused: { type: stop, config: { message: refused } }
edges:
  - start -> before
  - before -> decide
  - decide.approve -> amount
  - decide.reject -> refused
  - amount -> note
  - note -> paid
  - paid -> pause
  - pause -> answer
`,
    },
    {
      name: "trip",
      input: {},
      ends: { type: "run.completed", output: { text: "Nothing booked: trip.full" } },
      text: `${heading("Trip")}  start: { type: start, config: { fields: {} } }
  flight: ${call(web, "flight")}
  hotel: ${call(web, "hotel")}
  check: { type: code, config: { source: "throw new Error('full')" }, retry: { times: 2, backoff: 10ms } }
  cancel_flight: ${call(web, "cancel-flight")}
  cancel_hotel: ${call(web, "cancel-hotel")}
  failed: { type: on-error, config: {} }
  tell: { type: notify, config: { address: "${web}/tell", message: "{{ failed.error.code }}" } }
  sorry: { type: answer, config: { text: "Nothing booked: trip.full" } }
edges:
  - start -> flight
  - flight -> hotel
  - hotel -> check
  - flight.undo -> cancel_flight
  - hotel.undo -> cancel_hotel
  - failed -> tell
  - tell -> sorry
`,
    },
    {
      name: "office",
      input: { message: "Write to ada@example.com about order 1042." },
      ends: { type: "run.completed" },
      text: `${heading("Office")}  start: { type: start, config: { fields: { message: { type: string, label: Message } } } }
  guard: { type: guardrail, config: { text: "{{ start.message }}" } }
  read: { type: file-read, config: { path: notes.csv } }
  write: { type: file-write, config: { path: out/note.txt, content: "{{ guard.text }}" } }
  keep: { type: sql, config: { database: sqlite, file: data.sqlite, write: true, query: "insert into seen (text) values (:text)", parameters: { text: "{{ guard.text }}" } } }
  mail: { type: email, config: { server: "smtp://127.0.0.1:${smtpPort}", from: heddle@example.com, to: ada@example.com, subject: News, text: "{{ guard.text }}" } }
  ask: { type: openapi-tool, config: { document: shop.yaml, operation: takeOrder, arguments: { body: { id: 7 } } } }
  tool: { type: mcp-tool, config: { server: shop, tool: lookup_order, arguments: { order_id: "1042" } } }
  answer: { type: answer, config: { text: "{{ guard.text }}" } }
edges:
  - start -> guard
  - guard.pass -> read
  - guard.pass -> write
  - write -> keep
  - read -> mail
  - mail -> ask
  - ask -> tool
  - keep -> answer
  - tool -> answer
`,
    },
    {
      name: "models",
      input: { message: "Where is my order 1042?" },
      ends: { type: "run.completed" },
      text: `${heading("Models")}  start: { type: start, config: { fields: { message: { type: string, label: Message } } } }
  sort: { type: classifier, config: { text: "{{ start.message }}", labels: { order: an order, other: anything else } } }
  find: { type: extractor, config: { text: "{{ start.message }}", fields: { order_id: { type: string, description: the order } } } }
  say: { type: llm, config: { prompt: "{{ start.message }}", maxTokens: 16 } }
  help: { type: agent, config: { message: "{{ start.message }}", instructions: You are a support agent of a shop., limits: { turns: 2, tokens: 4000 } }, fallback: { text: sorry, toolCalls: [], turns: 0 } }
  shop: { type: mcp-server, config: { server: shop, tools: [lookup_order] } }
  answer: { type: answer, config: { text: "{{ sort.label }} {{ find.order_id }} {{ say.text }} {{ help.text }}" } }
edges:
  - start -> sort
  - start -> find
  - start -> say
  - start -> help
  - sort -> answer
  - find -> answer
  - say -> answer
  - help -> answer
bindings:
  - shop -> help.tools
`,
    },
    ...doors(web),
  ];
}

/** A flow with every way in, and a run by each. */
function doors(web: string): CrashFlow[] {
  const text = `${heading("Doors")}  asked: { type: chat, config: {} }
  called: { type: webhook, config: { path: in } }
  timed: { type: schedule, config: { cron: "0 0 1 1 *" } }
  found: { type: file-watch, config: { glob: "in/*.txt" } }
  tool: { type: mcp-call, config: { tool: doors, description: Doors } }
  note: ${call(web, "door")}
  again: ${call(web, "door-again")}
  answer: { type: answer, config: { text: in } }
edges:
  - asked -> note
  - called -> note
  - timed -> note
  - found -> note
  - tool -> note
  - note -> again
  - again -> answer
`;
  const inputs: Record<string, JsonValue> = {
    asked: { message: "Hello" },
    called: { body: { id: 1 } },
    timed: {},
    found: { path: "in/a.txt", event: "created" },
    tool: {},
  };
  return Object.entries(inputs).map(([trigger, input]) => {
    return { name: "doors", trigger, text, input, ends: { type: "run.completed", output: { text: "in" } } };
  });
}

/** What the first flow runs inside itself, and once beside itself. */
export const GREETING = `${heading("Greeting")}  start: { type: start, config: { fields: { name: { type: string, label: Name } } } }
  answer: { type: answer, config: { text: "Hello {{ start.name }}" } }
edges:
  - start -> answer
`;

import { expect, it } from "vitest";
import type { DurableEvent } from "../run/events.ts";
import type { Told } from "./journal.ts";
import { numberEvents, readTurn, writeTurn } from "./turn-text.ts";

const place = { path: "a", node: "a", attempt: 1 };
const output = { text: "a long text that is worth writing once" };
const error = { code: "internal", params: {}, message: "no", retryable: false };
const event = <E extends Omit<DurableEvent, "runId">>(body: E) => ({ runId: "r", ...body }) as unknown as DurableEvent;

const events = [
  event({
    type: "step.completed",
    seq: 7,
    at: 5,
    ...place,
    output,
    port: "out",
    usage: { inputTokens: 1, outputTokens: 2 },
  }),
  event({ type: "step.ready", seq: 8, at: 5, path: "b", node: "b" }),
  event({ type: "step.failed", seq: 9, at: 6, ...place, path: "c", error, willRetryAt: 8 }),
];
const told: Told[] = [
  { id: "a#1", at: 5, result: { ok: true, value: output, port: "out", usage: { inputTokens: 1, outputTokens: 2 } } },
  { id: "c#1", at: 6, result: { ok: false, error } },
  { cancelled: true, at: 6 },
  { id: "c#1/backoff", at: 7, result: { ok: true, value: null } },
];

function read(line: string): { told: Told[]; events: DurableEvent[] } {
  const turn = readTurn(line, "r");
  numberEvents([turn], 9);
  return { told: [...turn.told()], events: turn.events };
}

it("gives back what was written", () => {
  expect(read(writeTurn({ told, events }))).toEqual({ told, events });
});

it("writes an output once, on one line", () => {
  const line = writeTurn({ told, events });
  expect(line.split("worth writing once")).toHaveLength(2);
  expect(line).not.toMatch(/[\n\t]/);
});

it("keeps a result that no event tells", () => {
  const other: Told[] = [{ id: "a#1", at: 5, result: { ok: true, value: { text: "another" } } }];
  expect(read(writeTurn({ told: other, events })).told).toEqual(other);
});

it("reads turns of the database's first format", () => {
  const old = {
    completions: [
      { id: "a#1", at: 5, result: 0 },
      { id: "c#1", at: 6, result: { ok: false, error } },
    ],
    events: events.map(({ runId: _, seq: __, ...event }, index) => (index === 1 ? { ...event, at: undefined } : event)),
  };
  expect(read(JSON.stringify(old))).toEqual({ told: told.slice(0, 2), events });
});

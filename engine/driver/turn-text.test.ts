import { expect, it } from "vitest";
import type { DurableEvent } from "../run/events.ts";
import type { Told } from "./journal.ts";
import { countEvents, readTurn, writeTurn } from "./turn-text.ts";

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

const place7 = { runId: "r", firstSeq: 7 };

it("gives back what was written", () => {
  const line = writeTurn({ told, events });
  expect(readTurn(line, place7)).toEqual({ told, events });
  expect(countEvents(line)).toBe(3);
});

it("writes an output once, on one line", () => {
  const line = writeTurn({ told, events });
  expect(line.split("worth writing once")).toHaveLength(2);
  expect(line).not.toMatch(/[\n\t]/);
});

it("keeps a result that no event tells", () => {
  const other: Told[] = [{ id: "a#1", at: 5, result: { ok: true, value: { text: "another" } } }];
  expect(readTurn(writeTurn({ told: other, events }), place7).told).toEqual(other);
});

it("reads turns of the database's first format", () => {
  const old = {
    completions: [
      { id: "a#1", at: 5, result: 0 },
      { id: "c#1", at: 6, result: { ok: false, error } },
    ],
    events: events.map(({ runId: _, seq: __, ...event }, index) => (index === 1 ? { ...event, at: undefined } : event)),
  };
  const line = JSON.stringify(old);
  expect(readTurn(line, place7)).toEqual({ told: told.slice(0, 2), events });
  expect(countEvents(line)).toBe(3);
});

import { expect, it } from "vitest";
import type { Completion } from "../run/driver.ts";
import type { DurableEvent } from "../run/events.ts";
import { readTurn, writeTurn } from "./turn-text.ts";

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
const completions: Completion[] = [
  { id: "a#1", at: 5, result: { ok: true, value: output, port: "out", usage: { inputTokens: 1, outputTokens: 2 } } },
  { id: "c#1", at: 6, result: { ok: false, error } },
  { id: "c#1/backoff", at: 7, result: { ok: true, value: null } },
];

it("gives back what was written", () => {
  expect(readTurn(writeTurn({ completions, events }), { runId: "r", lastSeq: 9 })).toEqual({ completions, events });
});

it("writes an output once", () => {
  const { completions: done, events: told } = writeTurn({ completions, events });
  expect(`${done}${told}`.split("worth writing once")).toHaveLength(2);
});

it("keeps a result that no event tells", () => {
  const other: Completion[] = [{ id: "a#1", at: 5, result: { ok: true, value: { text: "another" } } }];
  expect(readTurn(writeTurn({ completions: other, events }), { runId: "r", lastSeq: 9 }).completions).toEqual(other);
});

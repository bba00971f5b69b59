import type { Completion, OperationResult } from "../run/driver.ts";
import type { DurableEvent } from "../run/events.ts";
import type { ReadTurn } from "./turn-text.ts";

/** A turn as format 1 of the database had it. A completion's result may be the index of the event that tells it. */
export interface OldTurn {
  completions: (Omit<Completion, "result"> & { result: number | OperationResult })[];
  events: Record<string, unknown>[];
}

export function readOldTurn(turn: OldTurn, runId: string): ReadTurn {
  let at: unknown = 0;
  const events = turn.events.map((body) => {
    at = body["at"] ?? at;
    return { ...body, at, runId, seq: 0 } as unknown as DurableEvent;
  });
  return { events, told: () => turn.completions.map((one) => ({ ...one, result: resultOf(one.result, events) })) };
}

function resultOf(result: number | OperationResult, events: readonly DurableEvent[]): OperationResult {
  if (typeof result !== "number") return result;
  const event = events[result];
  if (event?.type === "step.failed") return { ok: false, error: event.error };
  if (event?.type !== "step.completed") throw new TypeError(`Event ${result} of the turn tells no result`);
  const { output, port, usage } = event;
  return { ok: true, value: output, port, ...(usage && { usage }) };
}

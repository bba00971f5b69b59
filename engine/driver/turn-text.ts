import type { Completion, OperationResult } from "../run/driver.ts";
import type { DurableEvent } from "../run/events.ts";

/** What one pass of a run's coordinator took and told. */
export interface Turn {
  completions: readonly Completion[];
  events: readonly DurableEvent[];
}

/** A turn as a database keeps it: outputs stand in it once, and nothing that the reader knows. */
export interface TurnText {
  completions: string;
  events: string;
}

/** A completion; its result may be the index of the event that tells it anyway. */
type WrittenCompletion = Omit<Completion, "result"> & { result: number | OperationResult };
/** An event without its run and number, and without its time where that is the time of the event before. */
type WrittenEvent = Record<string, unknown> & { at?: number };

export function writeTurn({ completions, events }: Turn): TurnText {
  let before = -1;
  const bare = events.map((event): WrittenEvent => {
    const at = event.at === before ? undefined : event.at;
    before = event.at;
    return { ...event, runId: undefined, seq: undefined, at };
  });
  // Events tell results in the order of the completions, so each is looked for after the one before.
  let from = 0;
  const done = completions.map(({ id, at, result }): WrittenCompletion => {
    let told = from;
    while (told < events.length && !tells(events[told]!, id, result)) told++;
    if (told === events.length) return { id, at, result };
    from = told + 1;
    return { id, at, result: told };
  });
  return { completions: JSON.stringify(done), events: JSON.stringify(bare) };
}

/** Reads what writeTurn wrote. `lastSeq` is the number of the turn's last event. */
export function readTurn(text: TurnText, { runId, lastSeq }: { runId: string; lastSeq: number }): Turn {
  const bare = JSON.parse(text.events) as WrittenEvent[];
  const first = lastSeq - bare.length + 1;
  let at = 0;
  const events = bare.map((body, index) => {
    at = body.at ?? at;
    return { ...body, at, runId, seq: first + index } as unknown as DurableEvent;
  });
  const done = JSON.parse(text.completions) as WrittenCompletion[];
  return { events, completions: done.map((one) => ({ ...one, result: readResult(one.result, events) })) };
}

/** Whether the event holds the very result of the operation. */
function tells(event: DurableEvent, id: string, result: OperationResult): boolean {
  if (event.type !== "step.completed" && event.type !== "step.failed") return false;
  const isSame =
    event.type === "step.completed"
      ? result.ok && event.output === result.value
      : !result.ok && event.error === result.error;
  return isSame && id === `${event.path}#${event.attempt}`;
}

function readResult(result: number | OperationResult, events: readonly DurableEvent[]): OperationResult {
  if (typeof result !== "number") return result;
  const event = events[result];
  if (event?.type === "step.failed") return { ok: false, error: event.error };
  if (event?.type !== "step.completed") throw new TypeError(`Event ${result} of the turn tells no result`);
  const { output, port, usage } = event;
  return { ok: true, value: output, port, ...(usage && { usage }) };
}

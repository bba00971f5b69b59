import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Usage } from "../node/operation.ts";
import type { Completion, OperationResult } from "../run/driver.ts";
import type { DurableEvent } from "../run/events.ts";
import type { LargeValues, Told, Turn } from "./journal.ts";
import { readOldTurn, type OldTurn } from "./old-turn-text.ts";

/** A result that no event tells; a large value by its digest. */
type WrittenResult = OperationResult | { ok: true; digest: string; port?: string; usage?: Usage };
/** A completion may be the index of the event that tells it anyway; a cancellation is its time in an array. */
type WrittenTold = number | [id: string, at: number, result: WrittenResult] | [at: number];
/**
 * The commonest events as arrays; others as they are, without the run and number. A node that is the path is null. A bare number is the time
 * of the events that follow.
 */
type WrittenEvent =
  | number
  | ["r", path: string, node: string | null]
  | ["s", path: string, node: string | null, attempt: number, input?: JsonValue]
  | ["c", path: string, node: string | null, attempt: number, output: JsonValue, port: string]
  | Record<string, unknown>;

type WrittenTurn = [told: WrittenTold[], events: WrittenEvent[]];

/** A turn on one line of text: outputs stand in it once, and nothing that the reader knows. */
export function writeTurn({ told, events }: Pick<Turn, "told" | "events">, values?: LargeValues): string {
  const written: WrittenEvent[] = [];
  let at = -1;
  for (const event of events) {
    if (event.at !== at) written.push((at = event.at));
    written.push(writeEvent(event));
  }
  return JSON.stringify([writeTold(told, events, values), written]);
}

function writeTold(told: readonly Told[], events: readonly DurableEvent[], values?: LargeValues): WrittenTold[] {
  // Events tell results in the order of the completions, so each is looked for after the one before.
  let from = 0;
  return told.map((one): WrittenTold => {
    if ("cancelled" in one) return [one.at];
    for (let index = from; index < events.length; index++) {
      if (!tells(events[index]!, one)) continue;
      from = index + 1;
      return index;
    }
    return [one.id, one.at, writeResult(one.result, values)];
  });
}

function writeResult(result: OperationResult, values?: LargeValues): WrittenResult {
  const held = result.ok ? values?.hold(result.value) : undefined;
  if (!held) return result;
  const { value: _, ...rest } = result as OperationResult & { ok: true };
  return { ...rest, digest: held.digest };
}

function writeEvent(event: DurableEvent): WrittenEvent {
  switch (event.type) {
    case "step.ready":
      return ["r", event.path, nodeOf(event)];
    case "step.started":
      if (event.large) break;
      if (event.input === undefined) return ["s", event.path, nodeOf(event), event.attempt];
      return ["s", event.path, nodeOf(event), event.attempt, event.input];
    case "step.completed":
      if (event.large || event.usage || event.given) break;
      return ["c", event.path, nodeOf(event), event.attempt, event.output, event.port];
    default:
      break;
  }
  return { ...event, runId: undefined, seq: undefined, at: undefined };
}

const nodeOf = ({ path, node }: { path: string; node: string }): string | null => (path === node ? null : node);

/** What stands in a turn's text. */
export interface ReadTurn {
  /** Their numbers are missing (0) until `numberEvents` gave them. */
  events: DurableEvent[];
  /** One at a time: each may hold a large value. */
  told(values?: LargeValues): Iterable<Told>;
}

/** Reads what writeTurn wrote. */
export function readTurn(line: string, runId: string): ReadTurn {
  const parsed = JSON.parse(line) as WrittenTurn | OldTurn;
  if (!Array.isArray(parsed)) return readOldTurn(parsed, runId);
  const [told, written] = parsed;
  const events: DurableEvent[] = [];
  let at = 0;
  for (const one of written) {
    if (typeof one === "number") at = one;
    else events.push({ ...readEvent(one), runId, seq: 0, at } as unknown as DurableEvent);
  }
  return {
    events,
    *told(values) {
      for (const one of told) yield readTold(one, events, values);
    },
  };
}

/** Gives the events of turns that follow each other their numbers. `lastSeq` is the last one's. */
export function numberEvents(turns: readonly ReadTurn[], lastSeq: number): void {
  let seq = lastSeq - turns.reduce((count, turn) => count + turn.events.length, 0);
  for (const turn of turns) for (const event of turn.events) event.seq = ++seq;
}

function readEvent(written: Exclude<WrittenEvent, number>): Record<string, unknown> {
  if (!Array.isArray(written)) return written;
  const [kind, path, other] = written as [string, string, string | null];
  const place = { path, node: other ?? path };
  if (kind === "r") return { type: "step.ready", ...place };
  const [, , , attempt, value, port] = written as ["c", string, string | null, number, JsonValue?, string?];
  if (kind === "c") return { type: "step.completed", ...place, attempt, output: value, port };
  return { type: "step.started", ...place, attempt, ...(value !== undefined && { input: value }) };
}

function readTold(written: WrittenTold, events: readonly DurableEvent[], values?: LargeValues): Told {
  if (typeof written === "number") return toldBy(events[written], written);
  if (written.length === 1) return { cancelled: true, at: written[0] };
  const [id, at, result] = written;
  return { id, at, result: "digest" in result ? readLarge(result, values) : result };
}

function readLarge(result: { digest: string; port?: string; usage?: Usage }, values?: LargeValues): OperationResult {
  const { digest, ...rest } = result;
  if (!values) throw new HeddleError("store.value-missing", { digest });
  return { ...rest, ok: true, value: values.read(digest) };
}

/** Whether the event holds the very result of the operation. */
function tells(event: DurableEvent, { id, at, result }: Completion): boolean {
  if (event.type !== "step.completed" && event.type !== "step.failed") return false;
  const isSame =
    event.type === "step.completed"
      ? result.ok && event.output === result.value && event.large === undefined
      : !result.ok && event.error === result.error;
  return isSame && event.at === at && isOperation(id, event.path, event.attempt);
}

/** Whether the id is the step's at this try, without making its text for the commonest one. */
function isOperation(id: string, path: string, attempt: number): boolean {
  if (attempt === 1) return id.length === path.length + 2 && id.startsWith(path) && id.endsWith("#1");
  return id === `${path}#${attempt}`;
}

function toldBy(event: DurableEvent | undefined, index: number): Completion {
  if (event?.type === "step.failed") {
    const { error, usage } = event;
    return completion(event, { ok: false, error, ...(usage && { usage }) });
  }
  if (event?.type !== "step.completed") throw new TypeError(`Event ${index} of the turn tells no result`);
  const { output, port, usage } = event;
  return completion(event, { ok: true, value: output, port, ...(usage && { usage }) });
}

function completion(
  { path, attempt, at }: { path: string; attempt: number; at: number },
  result: OperationResult,
): Completion {
  return { id: `${path}#${attempt}`, at, result };
}

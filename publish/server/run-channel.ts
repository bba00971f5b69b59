import type { RunEvent } from "../../engine/run/events.ts";

/** The PostgreSQL channel that carries run events from workers to gateways; docs/decisions says why this one. */
export const RUN_CHANNEL = "heddle_runs";
/** The channel that tells gateways of a changed route or key. */
export const ROUTE_CHANNEL = "heddle_routes";

/** PostgreSQL refuses payloads of 8,000 bytes and more. */
const PAYLOAD_LIMIT = 7_900;

/** What travels: the event itself, or, where it is too large, the number under which it was recorded. */
export type RunNotice = { runId: string; event: RunEvent } | { runId: string; recorded: number };

/** The notice for one event; undefined for live text too large to carry (its step's completion brings it). */
export function encodeNotice(event: RunEvent): string | undefined {
  const whole = JSON.stringify({ runId: event.runId, event } satisfies RunNotice);
  if (Buffer.byteLength(whole) <= PAYLOAD_LIMIT) return whole;
  return "seq" in event ? JSON.stringify({ runId: event.runId, recorded: event.seq } satisfies RunNotice) : undefined;
}

export const decodeNotice = (payload: string): RunNotice => JSON.parse(payload) as RunNotice;

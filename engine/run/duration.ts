import type { Duration } from "../flow/schema.ts";

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** `30s` as milliseconds. The flow's schema has checked the form. */
export function durationMs(duration: Duration): number {
  if (typeof duration === "number") return duration;
  const unit = /[a-z]+$/.exec(duration)?.[0] ?? "ms";
  return Number.parseFloat(duration) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** Milliseconds for people: `1.5s`, `2m`. */
export function formatMs(ms: number): string {
  if (ms >= 3_600_000) return `${round(ms / 3_600_000)}h`;
  if (ms >= 60_000) return `${round(ms / 60_000)}m`;
  return ms >= 1_000 ? `${round(ms / 1_000)}s` : `${round(ms)}ms`;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** The longest wait between two tries, unless the policy's own first wait is longer. */
const LONGEST_BACKOFF_MS = 600_000;

/** The wait after the failed try number `attempt` (from 1): doubles each time. */
export function backoffMs(first: number, attempt: number): number {
  return Math.max(first, Math.min(first * 2 ** (attempt - 1), LONGEST_BACKOFF_MS));
}

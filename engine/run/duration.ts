import type { Duration, FlowNode } from "../flow/schema.ts";
import { seedOf } from "./seed.ts";

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s` as milliseconds. The flow's schema has checked the form. */
export function durationMs(duration: Duration): number {
  if (typeof duration === "number") return duration;
  const unit = /[a-z]+$/.exec(duration)?.[0] ?? "ms";
  return Number.parseFloat(duration) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** Milliseconds for people: `1.5s`, `2m`, `3d`. */
export function formatMs(ms: number): string {
  if (ms >= 86_400_000) return `${round(ms / 86_400_000)}d`;
  if (ms >= 3_600_000) return `${round(ms / 3_600_000)}h`;
  if (ms >= 60_000) return `${round(ms / 60_000)}m`;
  return ms >= 1_000 ? `${round(ms / 1_000)}s` : `${round(ms)}ms`;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** The longest wait between two tries, unless the policy says otherwise. */
const LONGEST_BACKOFF_MS = 600_000;

/** When a failed try is worth another one, and how long to wait before it. */
export interface RetryPolicy {
  times: number;
  backoffMs: number;
  factor: number;
  longestMs: number;
  jitter: number;
  on?: readonly string[];
}

export function retryPolicy({
  times,
  backoff,
  factor,
  longest,
  jitter,
  on,
}: NonNullable<FlowNode["retry"]>): RetryPolicy {
  const backoffMs = durationMs(backoff);
  return {
    times,
    backoffMs,
    factor: factor ?? 2,
    longestMs: longest === undefined ? Math.max(backoffMs, LONGEST_BACKOFF_MS) : durationMs(longest),
    jitter: jitter ?? 0,
    ...(on && { on }),
  };
}

/** Whether the policy tries again after such an error: a code that it names, else whatever says of itself that it is worth it. */
export function isWorthRetrying({ on }: RetryPolicy, error: { code: string; retryable: boolean }): boolean {
  if (!on) return error.retryable;
  return on.some((code) => code === error.code || (code.endsWith(".*") && error.code.startsWith(code.slice(0, -1))));
}

/** The wait after the failed try number `attempt` (from 1). Its chance depends on the run and the step only, so that a replay waits alike. */
export function backoffMs(policy: RetryPolicy, attempt: number, place: { runId: string; path: string }): number {
  const { backoffMs: first, factor, longestMs, jitter } = policy;
  const whole = Math.min(first * factor ** (attempt - 1), longestMs);
  if (jitter === 0) return whole;
  const chance = seedOf(place.runId, `${place.path}#${attempt}/backoff`) / 2 ** 31;
  return Math.round(whole * (1 - jitter * chance));
}

/** How long whoever refused asks to be left alone: seconds under `retryAfter` among the error's params. */
export function patienceMs({ params }: { params: Readonly<Record<string, unknown>> }): number {
  const seconds = params["retryAfter"];
  return typeof seconds === "number" ? seconds * 1000 : 0;
}

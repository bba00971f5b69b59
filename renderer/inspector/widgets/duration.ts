/** The units that a length of time is written in, shortest first. */
export const UNITS = ["ms", "s", "m", "h", "d"] as const;
export type Unit = (typeof UNITS)[number];

/** `30s` as a number and its unit; undefined for what is written another way (`1d 12h`, a reference). */
export function readSingle(text: string): { count: string; unit: Unit } | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?\s*$/.exec(text);
  return match ? { count: match[1]!, unit: (match[2] as Unit | undefined) ?? "ms" } : undefined;
}

/** Whether a node's own settings take this as a length of time: `500ms`, `30s`, `5m`, `2h`, `14d`. */
export const isDuration = (text: string): boolean => /^\d+(\.\d+)?(ms|s|m|h|d)$/.test(text);

const UNIT_MS: Record<Unit, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, or a plain number of milliseconds, as milliseconds; 0 for what is neither. */
export function milliseconds(duration: string | number): number {
  if (typeof duration === "number") return duration;
  const single = readSingle(duration);
  return single ? Number(single.count) * UNIT_MS[single.unit] : 0;
}

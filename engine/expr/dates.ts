const pad = (value: number, length: number): string => String(value).padStart(length, "0");

const PARTS: Readonly<Record<string, (date: Date) => string>> = {
  YYYY: (date) => pad(date.getUTCFullYear(), 4),
  MM: (date) => pad(date.getUTCMonth() + 1, 2),
  M: (date) => String(date.getUTCMonth() + 1),
  DD: (date) => pad(date.getUTCDate(), 2),
  D: (date) => String(date.getUTCDate()),
  HH: (date) => pad(date.getUTCHours(), 2),
  mm: (date) => pad(date.getUTCMinutes(), 2),
  ss: (date) => pad(date.getUTCSeconds(), 2),
};

/**
 * A date (ISO 8601 text, or milliseconds since 1970) by a pattern of `YYYY MM M DD D HH mm ss`; other characters stay. Always UTC:
 * the same on every machine. Undefined for what isn't a date.
 */
export function formatDate(value: string | number, pattern: string): string | undefined {
  const date = dateOf(value);
  return date && pattern.replace(/YYYY|MM|M|DD|D|HH|mm|ss/g, (part) => PARTS[part]!(date));
}

/** A point in time; undefined for what isn't one. A time without a zone is in UTC. */
function dateOf(value: string | number): Date | undefined {
  const withoutZone = typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value);
  if (typeof value === "string" && !/^\d{4}-\d\d(-\d\d)?(T|$)/.test(value)) return undefined;
  const date = new Date(withoutZone ? `${value}Z` : value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Units that always last the same, in milliseconds. */
const UNITS: Readonly<Record<string, number>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};
const MONTHS: Readonly<Record<string, number>> = { months: 1, years: 12 };

/**
 * A date some time later (earlier for a negative amount), written as it was: a day stays a day, milliseconds stay milliseconds, all else
 * becomes ISO 8601 in UTC. A month later than the 31st is the last day of the month. Undefined for what isn't a date or a unit.
 */
export function addTime(value: string | number, amount: number, unit: string): string | number | undefined {
  const date = dateOf(value);
  const later = date && moved(date, amount, unit);
  if (!later || Number.isNaN(later.getTime())) return undefined;
  if (typeof value === "number") return later.getTime();
  const whole = later.toISOString();
  const isDay = /^\d{4}-\d\d(-\d\d)?$/.test(value) && whole.endsWith("T00:00:00.000Z");
  return isDay ? whole.slice(0, 10) : whole;
}

function moved(date: Date, amount: number, unit: string): Date | undefined {
  const length = Object.hasOwn(UNITS, unit) ? UNITS[unit]! : undefined;
  if (length !== undefined) return new Date(date.getTime() + amount * length);
  const months = Object.hasOwn(MONTHS, unit) ? MONTHS[unit]! : undefined;
  if (months === undefined || !Number.isInteger(amount)) return undefined;
  const later = new Date(date);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + amount * months);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return later;
}

/** How much time lies between two dates, in a unit that always lasts the same; negative where the second is earlier. */
export function timeBetween(from: string | number, to: string | number, unit: string): number | undefined {
  const [start, end] = [dateOf(from), dateOf(to)];
  if (!start || !end || !Object.hasOwn(UNITS, unit)) return undefined;
  return (end.getTime() - start.getTime()) / UNITS[unit]!;
}

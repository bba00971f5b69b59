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
  const withoutZone = typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value);
  if (typeof value === "string" && !/^\d{4}-\d\d(-\d\d)?(T|$)/.test(value)) return undefined;
  const date = new Date(withoutZone ? `${value}Z` : value);
  if (Number.isNaN(date.getTime())) return undefined;
  return pattern.replace(/YYYY|MM|M|DD|D|HH|mm|ss/g, (part) => PARTS[part]!(date));
}

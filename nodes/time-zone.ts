/** Whether the platform knows a time zone by this IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const LOCAL_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;

/**
 * A date and time as ms since 1970. One that says its own offset counts as it is; others are on the clock of `zone`; a date alone is its first moment.
 * Undefined for what is no time.
 */
export function readTime(text: string, zone = "UTC"): number | undefined {
  const written = text.trim();
  const parts = LOCAL_TIME.exec(written);
  if (!parts) {
    const at = /^\d{4}-\d\d-\d\d[T ]/.test(written) ? Date.parse(written.replace(" ", "T")) : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  }
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  const clock = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const shown = new Date(clock);
  if (shown.getUTCMonth() !== month! - 1 || shown.getUTCDate() !== day || shown.getUTCHours() !== hour)
    return undefined;
  // The offset at the guessed moment may be that of before a change of clocks: once more at the corrected one.
  const guess = clock - offsetAt(clock, zone);
  return clock - offsetAt(guess, zone);
}

/** What a zone's clock shows beyond UTC at a moment, in ms. */
function offsetAt(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-u-hc-h23", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const shown = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const clock = Date.UTC(
    shown["year"]!,
    shown["month"]! - 1,
    shown["day"],
    shown["hour"],
    shown["minute"],
    shown["second"],
  );
  return clock - Math.floor(at / 1000) * 1000;
}

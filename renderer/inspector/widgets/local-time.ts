const two = (n: number): string => String(n).padStart(2, "0");

/** A moment on the reader's clock, as a calendar field wants it: `2026-03-01T09:00`. Undefined for what is no moment (a reference). */
export function localTime(text: string): string | undefined {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A time of the reader's clock with its offset: `2026-03-01T09:00:00+01:00`. */
export function withOffset(local: string): string {
  const minutes = -new Date(local).getTimezoneOffset();
  const sign = minutes < 0 ? "-" : "+";
  const away = Math.abs(minutes);
  const seconds = local.length === 16 ? ":00" : "";
  return `${local}${seconds}${sign}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

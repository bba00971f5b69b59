import type { Language } from "../../engine/lib/text.ts";

/** A length of time as people read it: `2 ms`, `1.4 s`, `1 min 05 s`, `2 h 05 min`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${ms < 1 && ms > 0 ? ms.toFixed(1) : Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < HOUR) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
  const minutes = Math.round(seconds / 60);
  if (seconds < DAY) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
  const hours = Math.round(seconds / HOUR);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A length of time where seconds hardly matter: `12 s`, `3 min`, `2 h 05 min`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < HOUR ? `${Math.floor(seconds / 60)} min` : formatDuration(seconds * 1000);
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Bytes as people read them: `61 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A moment: the time alone if it was today, else the day too. */
export function formatMoment(at: number, language: Language, now = Date.now()): string {
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return (today ? time : day).format(at);
}

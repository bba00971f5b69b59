import { Cron } from "croner";
import cronstrue from "cronstrue";
import "cronstrue/locales/zh_CN";
import type { Language } from "../../../engine/lib/text.ts";

const LOCALES = { en: "en", zh: "zh_CN" } as const;

/** A schedule in words; undefined for what is none. */
export function cronWords(pattern: string, language: Language): string | undefined {
  try {
    return cronstrue.toString(pattern, { locale: LOCALES[language], use24HourTimeFormat: true });
  } catch {
    return undefined;
  }
}

/** The next times of a schedule after a moment; none for what is no schedule or no time zone. */
export function nextTimes(pattern: string, options: { timeZone?: string; after: Date; count: number }): Date[] {
  const { timeZone, after, count } = options;
  try {
    const cron = new Cron(pattern, { paused: true, mode: "5-or-6-parts", ...(timeZone && { timezone: timeZone }) });
    return cron.nextRuns(count, after);
  } catch {
    return [];
  }
}

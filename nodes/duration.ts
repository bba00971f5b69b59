import { z } from "zod";
import { HeddleError } from "../engine/lib/errors/error.ts";
import { field, type FieldHints } from "../engine/node/fields.ts";
import { issue } from "../engine/node/issue.ts";

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d)\s*)+$/;

/** `30s`, `2h`, `1d 12h`, or a number of milliseconds, as milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const written = text.trim();
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written);
  if (!DURATION.test(written)) return undefined;
  const parts = written.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit!]!, 0);
}

/** @throws HeddleError `input.bad-duration` */
export function readDuration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new HeddleError("input.bad-duration", { value: text });
  return ms;
}

const UNREADABLE = {
  en: "Write a length of time like 30s, 5m, 2h or 14d, or a reference that gives one.",
  zh: "请填写时长，例如 30s、5m、2h、14d，或能给出时长的引用。",
};

/** A length of time, written or by reference. */
export function durationTemplate(hints: Omit<FieldHints, "widget">) {
  const placeholder = hints.placeholder ?? { en: "2h", zh: "2h" };
  const readable = z
    .string()
    .refine(
      (text) => text.trim() === "" || text.includes("{{") || parseDuration(text) !== undefined,
      issue(UNREADABLE),
    );
  return field(readable, { ...hints, placeholder, widget: "template" });
}

/** What was written in a field for a length of time that may stay empty. */
export function optionalDuration(text: string | undefined): number | undefined {
  return text === undefined || text.trim() === "" ? undefined : readDuration(text);
}

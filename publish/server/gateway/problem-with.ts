import { z } from "zod";
import type { Language } from "../../../engine/lib/text.ts";

const LOCALES = { en: z.locales.en().localeError, zh: z.locales.zhCN().localeError };
const WORDS = {
  en: {
    whole: "the input",
    missing: (place: string) => `${place} is missing`,
    empty: (place: string) => `${place} is empty`,
    unknown: (names: string) => `${names} isn’t known here`,
    other: (place: string, message: string) => `${place}: ${message}`,
    between: "; ",
  },
  zh: {
    whole: "输入",
    missing: (place: string) => `缺少${place}`,
    empty: (place: string) => `${place}为空`,
    unknown: (names: string) => `此处没有${names}`,
    other: (place: string, message: string) => `${place}：${message}`,
    between: "；",
  },
};

/** What is wrong with a value that came from outside, in words; undefined when it fits. */
export function problemWith(value: unknown, schema: z.ZodType, language: Language): string | undefined {
  const parsed = schema.safeParse(value, { error: LOCALES[language] });
  if (parsed.success) return undefined;
  return parsed.error.issues.map((issue) => sayIssue(issue, value, language)).join(WORDS[language].between);
}

function sayIssue(issue: z.core.$ZodIssue, input: unknown, language: Language): string {
  const said = WORDS[language];
  const place = issue.path.length > 0 ? quoted(issue.path.join(".")) : said.whole;
  if (issue.code === "unrecognized_keys") {
    const names = issue.keys.map((key) => quoted([...issue.path, key].join(".")));
    return said.unknown(names.join(", "));
  }
  const value = valueAt(input, issue.path);
  if (value === undefined) return said.missing(place);
  if (value === "" && issue.code === "too_small") return said.empty(place);
  return said.other(place, issue.message);
}

const quoted = (name: string): string => `“${name}”`;

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text that a user reads, in every interface language. */
export type Text = Record<Language, string>;

/** Fills `{name}` places of a sentence. A place without a value stays visible, so that a missing one is noticed. */
export function fill(sentence: string, params: Readonly<Record<string, unknown>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    if (value === undefined) return place;
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}

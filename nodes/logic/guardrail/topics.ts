import type { Span } from "./finding.ts";

const WORD = /[\p{L}\p{N}_]/u;

/**
 * Where a text holds words of blocked topics, upper and lower case alike. A word of letters counts only as a whole (“ass” isn't in “class”); scripts
 * without spaces between words, such as Chinese, count anywhere.
 */
export function findTopics(text: string, topics: Readonly<Record<string, string>>): Span[] {
  const lower = lowered(text);
  const found = Object.entries(topics).flatMap(([kind, words]) =>
    wordsOf(words).flatMap((word) =>
      places(lower, lowered(word)).map((start) => ({ kind, start, end: start + word.length })),
    ),
  );
  return found.toSorted((a, b) => a.start - b.start);
}

/** Words one after the other, between commas or on lines. */
export const wordsOf = (text: string): string[] =>
  text
    .split(/[,，、;；\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** Character by character, so that places stay the same where a lower-case letter is longer than its upper-case one. */
const lowered = (text: string): string =>
  text.replace(/\p{Lu}/gu, (letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter));

function places(text: string, word: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    if (isWhole(text, word, at)) found.push(at);
  }
  return found;
}

function isWhole(text: string, word: string, at: number): boolean {
  const joins = (inside: string | undefined, outside: string | undefined): boolean =>
    inside !== undefined && outside !== undefined && isSpaced(inside) && isSpaced(outside);
  return !joins(word.at(0), text[at - 1]) && !joins(word.at(-1), text[at + word.length]);
}

const isSpaced = (character: string): boolean =>
  WORD.test(character) && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(character);
